package io.flowcraft.spi;

import io.flowcraft.node.NodeContext;
import io.flowcraft.node.NodeResult;
import java.util.concurrent.CompletionStage;
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
  default void after(NodeContext context, @Nullable NodeResult result, @Nullable Throwable error) {}

  /**
   * Around everything, {@link #before} and {@link #after} included: calls {@code next} or not, and
   * answers the result that counts. Must not block on {@code next}.
   *
   * @param next runs the rest
   * @return completes with the node's result, or exceptionally to fail the node
   */
  default CompletionStage<? extends @Nullable NodeResult> around(NodeContext context, Next next)
      throws Exception {
    return next.proceed();
  }

  /** The rest of the execution. */
  @FunctionalInterface
  interface Next {

    /** Runs the rest; completes exceptionally with what failed the node. Call it at most once. */
    CompletionStage<NodeResult> proceed();
  }
}
