package io.flowcraft.runtime.internal.engine;

import io.flowcraft.error.ErrorCode;
import io.flowcraft.error.FlowcraftException;
import io.flowcraft.run.RunStatus;
import io.flowcraft.spi.Payload;
import io.flowcraft.spi.RunRecord;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Moves runs from status to status, along the ways that {@link RunStatus#successors} allows. */
final class Moves {

  private Moves() {}

  /**
   * Moves a run if it is in an epoch and in one of the expected statuses; the run as it is stored
   * then.
   */
  static Optional<RunRecord> move(
      Services services,
      String runId,
      long epoch,
      Set<RunStatus> expected,
      RunStatus next,
      @Nullable Payload summary) {
    for (RunStatus status : expected) {
      requireWay(runId, status, next);
    }
    return Stages.join(
        services
            .store()
            .transition(runId, epoch, expected, next, summary, services.time().millis()));
  }

  static void requireWay(String runId, RunStatus from, RunStatus to) {
    if (!from.canBecome(to)) {
      throw new FlowcraftException(
          ErrorCode.BUG,
          "Run '"
              + runId
              + "' would go from "
              + from
              + " to "
              + to
              + "; from there it can only go to "
              + from.successors()
              + ".");
    }
  }
}
