package io.flowcraft.run;

import java.util.EnumSet;
import java.util.Set;

/** The life of a node instance. */
public enum NodeStatus {
  /** Some incoming edge is undecided. */
  WAITING,
  /** Its join is satisfied; a job is on its way. */
  QUEUED,
  /** User code runs. */
  RUNNING,
  /** Parked until a time. */
  TIMER,
  /** Parked until the outside answers, or a child run ends. */
  AWAITING,
  /** Finished with a result. */
  COMPLETED,
  /** Failed; another node stands in. */
  REPLACED,
  /** Failed, and nobody stands in. */
  FAILED,
  /** Not run, because its join could not be satisfied. */
  SKIPPED;

  /** Whether the instance is decided. */
  public boolean isFinal() {
    return switch (this) {
      case WAITING, QUEUED, RUNNING, TIMER, AWAITING -> false;
      case COMPLETED, REPLACED, FAILED, SKIPPED -> true;
    };
  }

  /** Where an instance can go from here; repair verbs aside. */
  public Set<NodeStatus> successors() {
    return switch (this) {
      case WAITING -> EnumSet.of(QUEUED, SKIPPED);
      case QUEUED -> EnumSet.of(RUNNING);
      case RUNNING -> EnumSet.of(COMPLETED, FAILED, REPLACED, TIMER, AWAITING);
      case TIMER, AWAITING -> EnumSet.of(RUNNING, COMPLETED, FAILED, REPLACED);
      case COMPLETED, REPLACED, FAILED, SKIPPED -> EnumSet.noneOf(NodeStatus.class);
    };
  }
}
