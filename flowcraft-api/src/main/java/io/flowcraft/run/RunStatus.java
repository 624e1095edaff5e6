package io.flowcraft.run;

import java.util.EnumSet;
import java.util.Set;

/** The life of a run. */
public enum RunStatus {
  /** Something runs or is about to. */
  RUNNING,
  /** Nothing runs; something waits for a timer or for the outside. */
  AWAITING,
  /** Somebody has cancelled it: nothing of it begins any more, and what runs is told to end. */
  CANCELLING,
  /** It has failed or was cancelled, and the work of its nodes is being undone. */
  COMPENSATING,
  /** Everything is decided and no failure is unhandled. */
  COMPLETED,
  /** Everything is decided, or was given up, and a failure is unhandled. */
  FAILED,
  /** Somebody cancelled it. */
  CANCELLED,
  /** It was stopped with work left, for instance because its targets were reached. */
  STALLED;

  /** Whether a run ends here, unless somebody retries it. */
  public boolean isFinal() {
    return switch (this) {
      case RUNNING, AWAITING, CANCELLING, COMPENSATING -> false;
      case COMPLETED, FAILED, CANCELLED, STALLED -> true;
    };
  }

  /** Where a run can go from here; out of a final status only by a retry or a repair. */
  public Set<RunStatus> successors() {
    return switch (this) {
      case RUNNING ->
          EnumSet.of(AWAITING, CANCELLING, COMPENSATING, COMPLETED, FAILED, CANCELLED, STALLED);
      case AWAITING ->
          EnumSet.of(RUNNING, CANCELLING, COMPENSATING, COMPLETED, FAILED, CANCELLED, STALLED);
      case COMPENSATING -> EnumSet.of(FAILED, CANCELLED);
      case CANCELLING -> EnumSet.of(COMPENSATING, COMPLETED, FAILED, CANCELLED, STALLED);
      case FAILED, STALLED, CANCELLED -> EnumSet.of(RUNNING);
      case COMPLETED -> EnumSet.noneOf(RunStatus.class);
    };
  }

  /** Whether a run can go from here to another status. */
  public boolean canBecome(RunStatus next) {
    return successors().contains(next);
  }
}
