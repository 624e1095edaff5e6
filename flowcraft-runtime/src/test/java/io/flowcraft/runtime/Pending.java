package io.flowcraft.runtime;

import io.flowcraft.node.NodeContext;
import io.flowcraft.node.NodeResult;
import java.util.concurrent.CompletableFuture;

/** An asynchronous node that gives up when it is told to, as a good one does. */
record Pending(CompletableFuture<NodeResult> future) {

  Pending(NodeContext context) {
    this(new CompletableFuture<>());
    context.cancellation().onCancel(() -> future.completeExceptionally(new InterruptedException()));
  }
}
