package io.flowcraft.examples.orders;

import io.flowcraft.run.NodeStatus;
import io.flowcraft.run.RunHandle;
import io.flowcraft.run.RunOptions;
import io.flowcraft.run.RunResult;
import io.flowcraft.run.RunStatus;
import io.flowcraft.runtime.FlowRuntime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * Starts a run for each order, at most some at a time, and answers those that wait for a person.
 *
 * <p>Everything happens on the thread that calls {@link #process()}; the engine's threads only tell
 * it which runs have come to rest.
 */
final class OrderDay {

  private static final int AT_A_TIME = 100;

  /** A run that is over or waits for a person, or the reason why nobody knows. */
  private record Rest(@Nullable RunResult result, @Nullable Throwable error) {}

  private final FlowRuntime runtime;
  private final List<Order> orders;
  private final ApprovalDesk desk;
  private final Progress progress;
  private final BlockingQueue<Rest> resting = new LinkedBlockingQueue<>();
  private final Map<String, Order> open = new HashMap<>();
  private final List<RunResult> results = new ArrayList<>();

  OrderDay(FlowRuntime runtime, List<Order> orders, ApprovalDesk desk, Progress progress) {
    this.runtime = runtime;
    this.orders = orders;
    this.desk = desk;
    this.progress = progress;
  }

  /** The final results, ordered by order. */
  List<RunResult> process() throws InterruptedException {
    Queue<Order> todo = new ArrayDeque<>(orders);
    while (!todo.isEmpty() || !open.isEmpty()) {
      while (open.size() < AT_A_TIME && !todo.isEmpty()) {
        start(todo.remove());
      }
      handle(resting.take());
    }
    results.sort(Comparator.comparing(RunResult::runId));
    return results;
  }

  private void start(Order order) {
    open.put(order.id(), order);
    watch(runtime.start("order", Map.of("order", order), RunOptions.runId(order.id())));
  }

  private void watch(RunHandle run) {
    run.settled().whenComplete((result, error) -> resting.add(new Rest(result, error)));
  }

  private void handle(Rest rest) {
    RunResult result = rest.result();
    if (result == null) {
      throw new IllegalStateException("A run was lost", rest.error());
    }
    Order order = open.get(result.runId());
    if (order == null) {
      return;
    }
    if (result.status() == RunStatus.AWAITING) {
      String nodeId = result.awaiting().get(0);
      progress.asked();
      watch(runtime.resume(order.id(), nodeId, desk.answer(nodeId, order)));
      progress.answered();
    } else {
      open.remove(order.id());
      results.add(result);
      progress.finished();
    }
  }

  /** Whether a node of a run has been executed to its end. */
  static boolean completed(RunResult result, String nodeId) {
    return result.nodes().get(nodeId) == NodeStatus.COMPLETED;
  }
}
