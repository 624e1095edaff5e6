package io.flowcraft.testkit;

import io.flowcraft.node.AsyncNodeFunction;
import io.flowcraft.node.NodeContext;
import io.flowcraft.node.NodeResult;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * An asynchronous node whose executions end when the test says so, first begun, first ended. After
 * that the test lets the run go on, for instance with {@link FlowTester#drain()}.
 */
public final class PausingNode implements AsyncNodeFunction {

  private final List<NodeCall> calls = new ArrayList<>();
  private final Deque<CompletableFuture<NodeResult>> open = new ArrayDeque<>();

  PausingNode() {}

  @Override
  public synchronized CompletionStage<? extends @Nullable NodeResult> start(NodeContext context) {
    CompletableFuture<NodeResult> execution = new CompletableFuture<>();
    calls.add(NodeCall.of(context));
    open.add(execution);
    return execution;
  }

  /** The calls so far, each attempt one. */
  public synchronized List<NodeCall> calls() {
    return List.copyOf(calls);
  }

  /** How many executions have begun and not been ended by the test. */
  public synchronized int open() {
    return open.size();
  }

  /** Ends the execution that is open longest with an output, or a {@link NodeResult}. */
  public void complete(@Nullable Object output) {
    next().complete(NodeDoubles.result(output));
  }

  /** Ends the execution that is open longest with a failure. */
  public void fail(Throwable error) {
    next().completeExceptionally(error);
  }

  private synchronized CompletableFuture<NodeResult> next() {
    CompletableFuture<NodeResult> first = open.poll();
    if (first == null) {
      throw new IllegalStateException(
          "No execution of the pausing node is open; " + calls.size() + " have begun so far.");
    }
    return first;
  }
}
