package io.flowcraft.spi;

import io.flowcraft.node.NodeContext;
import io.flowcraft.node.NodeResult;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Hooks around the execution of a node, all its attempts included. Called on the thread that runs
 * the node; may block as long as the node may.
 *
 * <p>The first middleware is the outermost. An exception of {@link #before} fails the node like an
 * exception of its own; one of {@link #after} is logged and changes nothing.
 */
public interface Middleware {

  /** Before the first attempt. */
  default void before(NodeContext context) throws Exception {}

  /**
   * After the last attempt.
   *
   * @param result the result, or null if the node failed
   * @param error the error, or null if it did not
   */
  default void after(
      NodeContext context, @Nullable NodeResult result, @Nullable Throwable error) {}

  /**
   * Around everything, {@link #before} and {@link #after} included: calls {@code next} or not, and
   * returns the result that counts.
   *
   * @param next runs the rest; throws what the node threw
   * @return the node's result
   */
  default @Nullable NodeResult around(NodeContext context, Callable<NodeResult> next)
      throws Exception {
    return next.call();
  }
}
