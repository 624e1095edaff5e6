package io.flowcraft.run;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a run is started.
 *
 * @param runId the id: 1 to 200 characters, none of them a slash or a control character, no blanks
 *     at its ends; null to have one made. Starting the same id again starts nothing
 * @param concurrency how many nodes of the run may execute at a time; 0 for no limit
 * @param deadline how long the run may take; null for ever
 * @param failurePolicy what a failure means for the other branches
 * @param targets the nodes to run to; empty for all
 * @param acyclic whether cycles, other than loops with a controller, are refused
 * @param labels free texts to find the run by
 */
public record RunOptions(
    @Nullable String runId,
    int concurrency,
    @Nullable Duration deadline,
    FailurePolicy failurePolicy,
    List<String> targets,
    boolean acyclic,
    Map<String, String> labels) {

  /** What a failure means for the other branches. */
  public enum FailurePolicy {
    /** The other branches run to their ends. */
    FINISH_BRANCHES,
    /** Nothing new starts, and what runs is asked to end. */
    STOP
  }

  /** No limits, other branches finish, everything runs. */
  public static final RunOptions DEFAULT =
      new RunOptions(null, 0, null, FailurePolicy.FINISH_BRANCHES, List.of(), false, Map.of());

  /** Copies the collections and refuses numbers outside their range. */
  public RunOptions {
    Objects.requireNonNull(failurePolicy, "failurePolicy");
    targets = List.copyOf(targets);
    labels = Map.copyOf(labels);
    if (concurrency < 0) {
      throw new IllegalArgumentException(
          "RunOptions.concurrency is " + concurrency + "; expected: 0 (no limit) or more.");
    }
    if (deadline != null && (deadline.isNegative() || deadline.isZero())) {
      throw new IllegalArgumentException(
          "RunOptions.deadline is " + deadline + "; expected: longer than zero, or none.");
    }
  }

  /** Options with a run id. */
  public static RunOptions runId(String runId) {
    return DEFAULT.withRunId(runId);
  }

  /** The same with a run id. */
  public RunOptions withRunId(@Nullable String id) {
    return new RunOptions(id, concurrency, deadline, failurePolicy, targets, acyclic, labels);
  }

  /** The same with a limit of nodes that execute at a time; 0 for none. */
  public RunOptions withConcurrency(int limit) {
    return new RunOptions(runId, limit, deadline, failurePolicy, targets, acyclic, labels);
  }

  /** The same with a deadline. */
  public RunOptions withDeadline(@Nullable Duration limit) {
    return new RunOptions(runId, concurrency, limit, failurePolicy, targets, acyclic, labels);
  }

  /** The same with a failure policy. */
  public RunOptions withFailurePolicy(FailurePolicy policy) {
    return new RunOptions(runId, concurrency, deadline, policy, targets, acyclic, labels);
  }

  /** The same, running no further than to these nodes. */
  public RunOptions withTargets(List<String> nodeIds) {
    return new RunOptions(runId, concurrency, deadline, failurePolicy, nodeIds, acyclic, labels);
  }

  /** The same, refusing cycles other than loops with a controller, or not. */
  public RunOptions withAcyclic(boolean refuseCycles) {
    return new RunOptions(
        runId, concurrency, deadline, failurePolicy, targets, refuseCycles, labels);
  }

  /** The same with labels. */
  public RunOptions withLabels(Map<String, String> texts) {
    return new RunOptions(runId, concurrency, deadline, failurePolicy, targets, acyclic, texts);
  }
}
