package io.flowcraft.node;

import org.jspecify.annotations.Nullable;

/**
 * A node as a function. Runs on a worker thread (virtual where the JVM has them) and may block.
 *
 * <p>It may run more than once for one node instance, after a crash or a retry; its effects on the
 * run count once. Effects on the outside should use {@link NodeContext#idempotencyKey()}.
 */
@FunctionalInterface
public non-sealed interface NodeFunction extends NodeImplementation {

  /**
   * Runs the node.
   *
   * @return the result; null counts as {@link NodeResult#none()}
   * @throws Exception any exception fails the attempt
   */
  @Nullable NodeResult run(NodeContext context) throws Exception;
}
