package io.flowcraft.blueprint;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a node is run.
 *
 * @param retry attempts and delays
 * @param timeout the longest time of one attempt; null for none
 * @param fallback the id of the node that stands in when all attempts have failed
 * @param join when the node starts; null for {@link Join#all()}
 */
public record NodeConfig(
    Retry retry, @Nullable Duration timeout, @Nullable String fallback, @Nullable Join join) {

  /** One attempt, no timeout, no fallback, an all-join. */
  public static final NodeConfig DEFAULT = new NodeConfig(Retry.NONE, null, null, null);

  /** The join in force. */
  public Join joinOrDefault() {
    return join == null ? Join.all() : join;
  }

  /** The same with another retry policy. */
  public NodeConfig withRetry(Retry other) {
    return new NodeConfig(other, timeout, fallback, join);
  }

  /** The same with another timeout. */
  public NodeConfig withTimeout(@Nullable Duration other) {
    return new NodeConfig(retry, other, fallback, join);
  }

  /** The same with another fallback. */
  public NodeConfig withFallback(@Nullable String other) {
    return new NodeConfig(retry, timeout, other, join);
  }

  /** The same with another join. */
  public NodeConfig withJoin(@Nullable Join other) {
    return new NodeConfig(retry, timeout, fallback, other);
  }
}
