package io.flowcraft.testkit.simulation;

import io.flowcraft.run.NodeStatus;
import io.flowcraft.run.RunStatus;
import io.flowcraft.spi.Outcome;
import io.flowcraft.spi.RunProgress;
import io.flowcraft.spi.RunRecord;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Knows whether only time or the outside can move the runs: nothing has been lost that somebody has
 * still to find.
 */
final class Stillness {

  /** So long is waited for whatever a run may need while one of its nodes is executed. */
  private static final long GRACE_MILLIS = 600_000;

  private final World world;
  private final ObservedStore store;
  private final Coordination coordination;
  private final Executions executions;

  Stillness(World world, ObservedStore store, Coordination coordination, Executions executions) {
    this.world = world;
    this.store = store;
    this.coordination = coordination;
    this.executions = executions;
  }

  /**
   * Whether all runs are still.
   *
   * @param sinceMillis since when that is waited for
   * @param dueMillis what is due by then should have moved, in milliseconds of the epoch
   */
  boolean isStill(long sinceMillis, long dueMillis) {
    List<RunRecord> runs = store.runs();
    for (RunRecord run : runs) {
      if (!run.status().isFinal() && !isStill(run, runs, sinceMillis, dueMillis)) {
        return false;
      }
    }
    return true;
  }

  private boolean isStill(RunRecord run, List<RunRecord> runs, long sinceMillis, long dueMillis) {
    Map<String, Outcome> outcomes = store.everything(run.runId()).outcomes();
    if (next(run, outcomes) <= dueMillis || isChildOver(run, outcomes, runs)) {
      return false;
    }
    long executed = executed(run, outcomes);
    RunProgress progress =
        coordination.park(run.runId(), run.epoch(), "").toCompletableFuture().join();
    boolean patient = world.millis() - sinceMillis < GRACE_MILLIS;
    return switch (run.status()) {
      case AWAITING -> !progress.known() || progress.open() == progress.parked();
      case RUNNING -> executed > 0 && (!patient || isAllExecuted(progress, executed));
      case COMPENSATING -> runs.stream().anyMatch(other -> isUndoing(other, run));
      default -> executed > 0;
    };
  }

  /** Whether whatever is neither over nor parked is executed. */
  private static boolean isAllExecuted(RunProgress progress, long executed) {
    long moving = (long) progress.open() - progress.parked();
    return progress.known() && moving > 0 && moving <= executed;
  }

  private static boolean isUndoing(RunRecord other, RunRecord run) {
    return run.runId().equals(other.parentRunId())
        && !other.status().isFinal()
        && String.valueOf(other.parentInstance()).startsWith("~");
  }

  private static long next(RunRecord run, Map<String, Outcome> outcomes) {
    long next = Long.MAX_VALUE;
    if (run.deadlineMillis() != null) {
      next = run.beganAtMillis() + run.deadlineMillis();
    }
    for (Outcome outcome : outcomes.values()) {
      if (isParked(outcome) && outcome.wakeUpAtMillis() != null) {
        next = Math.min(next, outcome.wakeUpAtMillis());
      }
    }
    return next;
  }

  private static boolean isParked(Outcome outcome) {
    return outcome.status() == NodeStatus.TIMER || outcome.status() == NodeStatus.AWAITING;
  }

  private static boolean isChildOver(
      RunRecord run, Map<String, Outcome> outcomes, List<RunRecord> runs) {
    if (run.status() == RunStatus.COMPENSATING) {
      return false;
    }
    for (RunRecord child : runs) {
      if (run.runId().equals(child.parentRunId()) && child.status().isFinal()) {
        Outcome waits = outcomes.get(String.valueOf(child.parentInstance()));
        if (waits != null && isParked(waits)) {
          return true;
        }
      }
    }
    return false;
  }

  private long executed(RunRecord run, Map<String, Outcome> outcomes) {
    Set<String> stored =
        outcomes.values().stream()
            .map(outcome -> outcome.nodeId() + "@" + outcome.path())
            .collect(Collectors.toSet());
    return executions.underWay().stream()
        .filter(instance -> instance.runId().equals(run.runId()))
        .filter(instance -> !stored.contains(instance.nodeId() + "@" + instance.iteration()))
        .count();
  }

  /** Whether nodes of unfinished runs are executed. */
  boolean isAnythingExecuted() {
    for (RunRecord run : store.runs()) {
      if (!run.status().isFinal() && executed(run, store.everything(run.runId()).outcomes()) > 0) {
        return true;
      }
    }
    return false;
  }

  /** When something should move next because it is time, in milliseconds of the epoch. */
  long nextDue() {
    long next = Long.MAX_VALUE;
    for (RunRecord run : store.runs()) {
      if (!run.status().isFinal()) {
        next = Math.min(next, next(run, store.everything(run.runId()).outcomes()));
      }
    }
    return next;
  }
}
