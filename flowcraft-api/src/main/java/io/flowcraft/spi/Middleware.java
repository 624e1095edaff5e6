package io.flowcraft.spi;

import io.flowcraft.node.NodeContext;
import io.flowcraft.node.NodeResult;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Hooks around the execution of a node, all its attempts included. Called on the thread that runs
 * the node; may block as long as the node may.
 *
 * <p>The first middleware is the outermost, and its {@link #before} and {@link #after} are called
 * first. An exception of {@link #before} fails the node like an exception of its own, after which
 * every {@link #after} is called; one of {@link #after} is logged and changes nothing.
 *
 * <p>Built-in nodes are nodes like others. One that sleeps or waits has been executed when it is
 * parked: what wakes it up, and its result then, is no execution.
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

    /**
     * Runs the rest; completes exceptionally with what failed the node. Call it at most once: a
     * second call runs nothing and completes exceptionally.
     */
    CompletionStage<NodeResult> proceed();
  }
}
