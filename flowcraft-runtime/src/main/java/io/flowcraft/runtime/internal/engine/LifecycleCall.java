package io.flowcraft.runtime.internal.engine;

import io.flowcraft.node.Node;
import io.flowcraft.node.NodeResult;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Walks a life-cycle node through its phases. Used once. */
final class LifecycleCall<P extends @Nullable Object> {

  private static final Logger log = LoggerFactory.getLogger(LifecycleCall.class);

  private final Node<P> node;
  private final ExecutionContext context;
  private P prepared;

  @SuppressWarnings("NullAway.Init") // prepared is set by prepare(), which comes first
  LifecycleCall(Node<P> node, ExecutionContext context) {
    this.node = node;
    this.context = context;
  }

  void prepare() throws Exception {
    context.frame().signal().throwIfCancelled();
    prepared = node.prep(context);
  }

  NodeResult exec() throws Exception {
    return node.exec(prepared, context);
  }

  /** What stands in for the last failed attempt; throws if nothing does. */
  NodeResult fallback(Throwable error) throws Throwable {
    boolean stopped = context.frame().signal().isCancelled();
    if (stopped || Failures.isFatal(error) || !(error instanceof Exception exception)) {
      throw error;
    }
    return node.fallback(exception, context);
  }

  NodeResult post(NodeResult result) throws Exception {
    return node.post(result, context);
  }

  /** Lets the node clean up; what it throws is logged. */
  Throwable recover(Throwable error) {
    if (error instanceof Exception exception) {
      try {
        node.recover(exception, context);
      } catch (Throwable e) {
        log.warn("The recover phase of node {} failed.", context.idempotencyKey(), e);
      }
    }
    return error;
  }
}
