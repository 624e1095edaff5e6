package io.flowcraft.runtime.internal.engine;

import io.flowcraft.error.ErrorCode;
import io.flowcraft.error.FlowcraftException;
import io.flowcraft.node.NodeImplementation;
import io.flowcraft.node.NodeResult;
import io.flowcraft.runtime.internal.graph.GraphNode;
import io.flowcraft.spi.Middleware;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs user code: middleware around, attempts within. */
final class NodeExecutor {

  private static final Logger log = LoggerFactory.getLogger(NodeExecutor.class);

  private final Services services;
  private final List<Middleware> middleware;
  private final Function<GraphNode, @Nullable NodeImplementation> implementations;

  NodeExecutor(
      Services services, Function<GraphNode, @Nullable NodeImplementation> implementations) {
    this.services = services;
    this.implementations = implementations;
    this.middleware = services.middleware();
  }

  /**
   * Executes a node.
   *
   * @return its result, with data for output; or what failed it, after all attempts
   */
  CompletableFuture<NodeResult> execute(
      ExecutionContext context, NodeImplementation implementation) {
    if (middleware.isEmpty()) {
      return new Attempts(services, context, implementation).run();
    }
    return around(0, context, implementation).thenApply(result -> Attempts.data(context, result));
  }

  /** Whether the calling thread can simply call a node if it is a plain function. */
  boolean isDirect(GraphNode node) {
    return middleware.isEmpty() && node.definition().config().timeout() == null;
  }

  /** Goes on after the first call of a plain function has failed. */
  CompletableFuture<NodeResult> afterFailure(
      ExecutionContext context, NodeImplementation implementation, Throwable error) {
    return new Attempts(services, context, implementation).after(error);
  }

  /** Makes the next attempt at a node that was parked until its time. */
  CompletableFuture<NodeResult> next(ExecutionContext context) {
    NodeImplementation implementation = implementations.apply(context.instance().node());
    if (implementation == null) {
      return CompletableFuture.failedFuture(
          Engine.missing(context.instance().node().definition().uses()));
    }
    return new Attempts(services, context, implementation).next();
  }

  /** Attempts a node once more whose last attempt came to nothing while it was parked. */
  CompletableFuture<NodeResult> again(ExecutionContext context, Throwable error) {
    NodeImplementation implementation = implementations.apply(context.instance().node());
    if (implementation == null) {
      return CompletableFuture.failedFuture(error);
    }
    context.unpark();
    return new Attempts(services, context, implementation).after(error);
  }

  private CompletableFuture<NodeResult> around(
      int index, ExecutionContext context, NodeImplementation implementation) {
    if (index == middleware.size()) {
      return core(context, implementation);
    }
    Middleware hook = middleware.get(index);
    AtomicBoolean proceeded = new AtomicBoolean();
    Middleware.Next next =
        () ->
            proceeded.compareAndSet(false, true)
                ? around(index + 1, context, implementation)
                : CompletableFuture.failedFuture(twice(hook, context));
    try {
      CompletionStage<? extends @Nullable NodeResult> stage = hook.around(context, next);
      if (stage == null) {
        return CompletableFuture.failedFuture(noStage(hook, context));
      }
      return stage.<NodeResult>thenApply(result -> require(result, context)).toCompletableFuture();
    } catch (Throwable e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private static FlowcraftException twice(Middleware hook, ExecutionContext context) {
    return new FlowcraftException(
        ErrorCode.MIDDLEWARE,
        "Middleware "
            + hook.getClass().getName()
            + " called proceed() twice on node '"
            + context.nodeId()
            + "'. Call it at most once; give the node a retry to have it attempted again.",
        null,
        true);
  }

  private static FlowcraftException noStage(Middleware hook, ExecutionContext context) {
    return new FlowcraftException(
        ErrorCode.MIDDLEWARE,
        "Middleware "
            + hook.getClass().getName()
            + " returned null instead of a stage on node '"
            + context.nodeId()
            + "'. Return what proceed() returns, or a stage of its own.",
        null,
        true);
  }

  private static NodeResult require(@Nullable NodeResult result, ExecutionContext context) {
    if (result == null) {
      throw new FlowcraftException(
          ErrorCode.MIDDLEWARE,
          "Node '" + context.nodeId() + "' failed execution.",
          new IllegalStateException("Middleware did not call next() and did not return a result"));
    }
    return result;
  }

  private CompletableFuture<NodeResult> core(
      ExecutionContext context, NodeImplementation implementation) {
    CompletableFuture<NodeResult> result;
    try {
      for (Middleware hook : middleware) {
        hook.before(context);
      }
      result = new Attempts(services, context, implementation).run();
    } catch (Throwable e) {
      result = CompletableFuture.failedFuture(e);
    }
    return result.whenComplete((value, error) -> after(context, value, Failures.unwrap(error)));
  }

  private void after(
      ExecutionContext context, @Nullable NodeResult value, @Nullable Throwable error) {
    for (Middleware hook : middleware) {
      try {
        hook.after(context, value, error);
      } catch (RuntimeException e) {
        log.warn("An after hook failed on node {}.", context.idempotencyKey(), e);
      }
    }
  }
}
