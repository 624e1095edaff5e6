package io.flowcraft.queue.kafka;

import io.flowcraft.spi.TimeSource;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands in again what was claimed and then neither ended nor renewed: its worker has died. The
 * workers of a fleet share the partitions of the claims among them.
 *
 * <p>Time counts from when this process has seen a claim, so clocks need not agree. What is
 * committed lies before the oldest claim that lives; whoever takes over reads from there.
 */
final class ClaimWatch extends Poller implements ConsumerRebalanceListener {

  private static final Logger log = LoggerFactory.getLogger(ClaimWatch.class);

  private static final Duration CLOSE = Duration.ofSeconds(5);
  private static final long LONGEST_POLL_MILLIS = 1_000;
  private static final long COMMIT_EVERY_MILLIS = 1_000;

  private final Map<String, Object> config;
  private final String topic;
  private final Post post;
  private final long limitMillis;
  private final Map<TopicPartition, ClaimTable> tables = new HashMap<>();
  private volatile @Nullable Consumer<byte[], byte[]> consumer;
  private long lastCommit;

  ClaimWatch(Map<String, Object> config, KafkaSettings settings, Post post, TimeSource time) {
    super("flowcraft-claims-" + settings.names().claims(), time);
    this.config = config;
    this.topic = settings.names().claims();
    this.post = post;
    // The process that has the delivery gives up by itself when the limit is over, and goes first.
    this.limitMillis = settings.deliveryLimit().toMillis() * 3 / 2;
  }

  @Override
  void wakeUp() {
    Consumer<byte[], byte[]> current = consumer;
    if (current != null) {
      current.wakeup();
    }
  }

  @Override
  void poll() {
    Consumer<byte[], byte[]> opened = new KafkaConsumer<>(config);
    try {
      opened.subscribe(List.of(topic), this);
      consumer = opened;
      while (!isClosed()) {
        turn(opened);
      }
    } finally {
      tables.clear();
      consumer = null;
      opened.close(CloseOptions.timeout(CLOSE));
    }
  }

  private void turn(Consumer<byte[], byte[]> from) {
    try {
      Duration longest = Duration.ofMillis(Math.min(LONGEST_POLL_MILLIS, limitMillis / 4 + 1));
      for (ConsumerRecord<byte[], byte[]> next : from.poll(longest)) {
        TopicPartition partition = new TopicPartition(next.topic(), next.partition());
        tables.computeIfAbsent(partition, p -> new ClaimTable()).see(next, now());
      }
    } catch (WakeupException e) {
      return;
    }
    long now = now();
    tables.values().forEach(table -> table.takeExpired(now - limitMillis, now, this::handIn));
    if (now - lastCommit >= COMMIT_EVERY_MILLIS) {
      lastCommit = now;
      commit(from);
    }
  }

  private void handIn(byte[] claim, ConsumerRecord<byte[], byte[]> content) {
    log.warn(
        "A delivery has shown no sign of life for {} ms; its job is handed in again.", limitMillis);
    byte[] value = content.value();
    // The key of the claim spreads jobs over the partitions as well as their own.
    post.again(claim, value, content.headers(), JobCodec.deliveries(value))
        .whenComplete(
            (arrived, error) -> {
              if (error == null) {
                post.endClaim(claim);
              }
            });
  }

  private void commit(Consumer<byte[], byte[]> to) {
    Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    tables.forEach(
        (partition, table) -> {
          long offset = table.commit();
          if (offset >= 0) {
            offsets.put(partition, new OffsetAndMetadata(offset));
          }
        });
    if (!offsets.isEmpty()) {
      to.commitAsync(
          offsets,
          (committed, error) -> {
            if (error != null) {
              log.debug("Claims of {} were not committed; trying again.", topic, error);
              tables.values().forEach(ClaimTable::forgetCommit);
            }
          });
    }
  }

  @Override
  public void onPartitionsAssigned(Collection<TopicPartition> partitions) {}

  @Override
  public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
    partitions.forEach(tables::remove);
  }
}
