package io.flowcraft.coord.redis.internal;

import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.redisson.api.RTopic;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.StringCodec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells listeners of all processes which runs are forgotten. */
public final class Notices {

  private static final Logger log = LoggerFactory.getLogger(Notices.class);

  private final RTopic topic;
  private final List<Integer> listeners = new CopyOnWriteArrayList<>();

  /**
   * Notices of one namespace.
   *
   * @param keys names the channel
   */
  public Notices(RedissonClient client, Keys keys) {
    this.topic = client.getTopic(keys.forgotten(), StringCodec.INSTANCE);
  }

  /** Has a listener told from now on. Blocks until Redis knows; without notices others ask. */
  public void listen(Consumer<String> listener) {
    try {
      listeners.add(topic.addListener(String.class, (channel, runId) -> listener.accept(runId)));
    } catch (RuntimeException e) {
      log.warn("Redis can't tell of runs that have ended; who waits for them asks instead.", e);
    }
  }

  /** Nobody is told any more. */
  public void close() {
    if (!listeners.isEmpty()) {
      CompletionStage<Void> unused = topic.removeListenerAsync(listeners.toArray(Integer[]::new));
      listeners.clear();
    }
  }
}
