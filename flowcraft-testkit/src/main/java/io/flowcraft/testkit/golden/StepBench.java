package io.flowcraft.testkit.golden;

import io.flowcraft.node.NodeContext;
import io.flowcraft.node.NodeResult;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * What the nodes of one case share from step to step. One thread runs a case: nothing is guarded.
 */
final class StepBench implements Bench {

  private final Schedule schedule;
  private final Map<String, Integer> attempts = new HashMap<>();
  private final List<@Nullable Object> middlewareLog = new ArrayList<>();
  private final SlowNodes slowNodes = new SlowNodes();
  private Runnable cancellation = () -> {};
  private int inFlight;
  private int maxInFlight;

  StepBench(Schedule schedule) {
    this.schedule = schedule;
  }

  /** The order in which what can run at once is run. */
  Schedule schedule() {
    return schedule;
  }

  @Override
  public int attempt(NodeContext node) {
    return attempts.merge(node.nodeId(), 1, Integer::sum);
  }

  /** The attempts counted so far. */
  Map<String, Integer> attempts() {
    return Map.copyOf(attempts);
  }

  /** Goes back or forth to other counts. */
  void resetAttempts(Map<String, Integer> counts) {
    attempts.clear();
    attempts.putAll(counts);
  }

  /** Begins a step, which a node may cancel. */
  void beginStep(Runnable cancel) {
    cancellation = cancel;
    middlewareLog.clear();
    maxInFlight = 0;
  }

  @Override
  public void cancel() {
    cancellation.run();
  }

  @Override
  public void log(String line) {
    middlewareLog.add(line);
  }

  /** What the middlewares wrote in this step. */
  List<@Nullable Object> middlewareLog() {
    return List.copyOf(middlewareLog);
  }

  @Override
  public CompletionStage<NodeResult> sleep(NodeContext node, double millis, NodeResult result) {
    return slowNodes.sleep(millis, result);
  }

  /** The nodes that take their time. */
  SlowNodes slowNodes() {
    return slowNodes;
  }

  @Override
  public void enter() {
    inFlight++;
    maxInFlight = Math.max(maxInFlight, inFlight);
  }

  @Override
  public void leave() {
    inFlight--;
  }

  /** How many node bodies ran at a time in this step, at most. */
  int maxInFlight() {
    return maxInFlight;
  }
}
