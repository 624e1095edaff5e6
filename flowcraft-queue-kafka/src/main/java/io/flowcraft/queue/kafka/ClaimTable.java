package io.flowcraft.queue.kafka;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The claims of one partition that live, the one that was seen first at the head. */
final class ClaimTable {

  private final Map<String, Claim> claims = new LinkedHashMap<>();
  private long next = -1;
  private long committed = -1;

  /** A claim as it was seen last. */
  private record Claim(ConsumerRecord<byte[], byte[]> content, long seenAt) {}

  void see(ConsumerRecord<byte[], byte[]> content, long now) {
    next = content.offset() + 1;
    byte[] key = content.key();
    if (key == null) {
      return;
    }
    String name = new String(key, StandardCharsets.UTF_8);
    claims.remove(name);
    byte[] value = content.value();
    if (value != null && JobCodec.isReadable(value)) {
      claims.put(name, new Claim(content, now));
    }
  }

  /** Tells of each claim that was seen last before a time, and looks again after another one. */
  void takeExpired(
      long before, long now, BiConsumer<byte[], ConsumerRecord<byte[], byte[]>> action) {
    Map<String, Claim> again = new HashMap<>();
    for (Iterator<Map.Entry<String, Claim>> each = claims.entrySet().iterator(); each.hasNext(); ) {
      Map.Entry<String, Claim> eldest = each.next();
      if (eldest.getValue().seenAt() > before) {
        break;
      }
      each.remove();
      ConsumerRecord<byte[], byte[]> content = eldest.getValue().content();
      again.put(eldest.getKey(), new Claim(content, now));
      action.accept(content.key(), content);
    }
    claims.putAll(again);
  }

  /** What to commit; -1 if nothing has changed. */
  long commit() {
    long oldest =
        claims.values().stream().mapToLong(claim -> claim.content().offset()).min().orElse(next);
    if (oldest == committed) {
      return -1;
    }
    committed = oldest;
    return oldest;
  }

  void forgetCommit() {
    committed = -1;
  }
}
