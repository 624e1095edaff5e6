package io.flowcraft.testkit.golden;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the standard nodes and middlewares of one case share. One thread runs a case, so nothing
 * here is guarded.
 */
final class Bench {

  private final Schedule schedule;
  private final Map<String, Integer> attempts = new HashMap<>();
  private final List<@Nullable Object> middlewareLog = new ArrayList<>();
  private final SlowNodes slowNodes = new SlowNodes();
  private Runnable cancellation = () -> {};
  private int inFlight;
  private int maxInFlight;

  Bench(Schedule schedule) {
    this.schedule = schedule;
  }

  /** The order in which what can run at once is run. */
  Schedule schedule() {
    return schedule;
  }

  /** Counts an attempt of a node; the first is 1. */
  int attempt(String nodeId) {
    return attempts.merge(nodeId, 1, Integer::sum);
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

  /** Cancels the step. */
  void cancel() {
    cancellation.run();
  }

  /** Writes a line for the middlewares. */
  void log(String line) {
    middlewareLog.add(line);
  }

  /** What the middlewares wrote in this step. */
  List<@Nullable Object> middlewareLog() {
    return List.copyOf(middlewareLog);
  }

  /** The nodes that take their time. */
  SlowNodes slowNodes() {
    return slowNodes;
  }

  /** A node body begins. */
  void enter() {
    inFlight++;
    maxInFlight = Math.max(maxInFlight, inFlight);
  }

  /** A node body ends. */
  void leave() {
    inFlight--;
  }

  /** How many node bodies ran at a time in this step, at most. */
  int maxInFlight() {
    return maxInFlight;
  }
}
