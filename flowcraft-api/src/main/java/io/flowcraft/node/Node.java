package io.flowcraft.node;

import org.jspecify.annotations.Nullable;

/**
 * A node with a life cycle: {@code prep} once, {@code exec} once per attempt, {@code fallback} when
 * all attempts have failed, {@code post} once on the result, {@code recover} if the node fails.
 *
 * <p>The rules of {@link NodeFunction} hold. One instance serves all executions, from many threads:
 * keep state in the parameters that are handed in.
 *
 * @param <P> what {@code prep} hands to {@code exec}
 */
public non-sealed interface Node<P extends @Nullable Object> extends NodeImplementation {

  /** Gathers what {@link #exec} needs. A failure here is not retried. */
  P prep(NodeContext context) throws Exception;

  /** Does the work; the only part that is retried. */
  NodeResult exec(P prepared, NodeContext context) throws Exception;

  /**
   * Stands in for {@link #exec} when its last attempt has failed; not called for fatal errors.
   *
   * @throws Exception if there is nothing to stand in: by default the error itself
   */
  default NodeResult fallback(Exception error, NodeContext context) throws Exception {
    throw error;
  }

  /** Has the last word on the result. A failure here is not retried. */
  default NodeResult post(NodeResult result, NodeContext context) throws Exception {
    return result;
  }

  /** Cleans up when the node fails. An exception here is logged and changes nothing. */
  default void recover(Exception error, NodeContext context) throws Exception {}
}
