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
 * @param compensate the id of the node that undoes the work of this one, if it was completed and
 *     the run fails or is cancelled; null for none
 */
public record NodeConfig(
    Retry retry,
    @Nullable Duration timeout,
    @Nullable String fallback,
    @Nullable Join join,
    @Nullable String compensate) {

  /** A node that nothing undoes. */
  public NodeConfig(
      Retry retry, @Nullable Duration timeout, @Nullable String fallback, @Nullable Join join) {
    this(retry, timeout, fallback, join, null);
  }

  /** One attempt, no timeout, no fallback, an all-join. */
  public static final NodeConfig DEFAULT = new NodeConfig(Retry.NONE, null, null, null, null);

  /** The join in force. */
  public Join joinOrDefault() {
    return join == null ? Join.all() : join;
  }

  /** The same with another retry policy. */
  public NodeConfig withRetry(Retry other) {
    return new NodeConfig(other, timeout, fallback, join, compensate);
  }

  /** The same with another timeout. */
  public NodeConfig withTimeout(@Nullable Duration other) {
    return new NodeConfig(retry, other, fallback, join, compensate);
  }

  /** The same with another fallback. */
  public NodeConfig withFallback(@Nullable String other) {
    return new NodeConfig(retry, timeout, other, join, compensate);
  }

  /** The same with another join. */
  public NodeConfig withJoin(@Nullable Join other) {
    return new NodeConfig(retry, timeout, fallback, other, compensate);
  }

  /** The same with another compensation. */
  public NodeConfig withCompensate(@Nullable String other) {
    return new NodeConfig(retry, timeout, fallback, join, other);
  }
}
