package io.flowcraft.testkit.golden;

import io.flowcraft.node.NodeResult;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Nodes that sleep. They wake up in the order of their delays, each when nothing else can run, so
 * that the clock of the runtime stands still meanwhile.
 */
final class SlowNodes {

  private record Sleeper(
      double due, long order, NodeResult result, CompletableFuture<NodeResult> future) {}

  private final PriorityQueue<Sleeper> sleepers =
      new PriorityQueue<>(
          Comparator.comparingDouble(Sleeper::due).thenComparingLong(Sleeper::order));
  private double now;
  private long order;

  /** Falls asleep; the stage completes with the result on waking up. */
  CompletionStage<NodeResult> sleep(double millis, NodeResult result) {
    CompletableFuture<NodeResult> future = new CompletableFuture<>();
    sleepers.add(new Sleeper(now + millis, order, result, future));
    order++;
    return future;
  }

  /** Wakes up the next one; whether there was one. */
  boolean wakeNext() {
    Sleeper next = sleepers.poll();
    if (next == null) {
      return false;
    }
    now = next.due();
    next.future().complete(next.result());
    return true;
  }
}
