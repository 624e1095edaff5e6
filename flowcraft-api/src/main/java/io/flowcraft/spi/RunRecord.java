package io.flowcraft.spi;

import io.flowcraft.run.RunStatus;
import org.jspecify.annotations.Nullable;

/**
 * A run as it is stored.
 *
 * @param runId the id
 * @param blueprintId the blueprint that it runs
 * @param blueprintHash the content of that blueprint, for good
 * @param blueprint the blueprint itself
 * @param parentRunId the run that it is a child of; null for none
 * @param parentInstance the node instance of that run
 * @param initialContext the data it began with
 * @param options the options it was started with
 * @param status where it is
 * @param summary what the run says of itself in its status: the final result, once there is one
 * @param epoch grows each time that the run's coordination begins anew
 * @param deadlineMillis how long the run may take, in milliseconds; null for any time
 * @param createdAtMillis in milliseconds of the epoch
 * @param beganAtMillis from when on the deadline counts: when it was created, or was set going
 *     again after it had ended; in milliseconds of the epoch
 * @param updatedAtMillis when the status changed last, in milliseconds of the epoch
 * @param token unique per attempt to start a run: tells the one who stored the run from others. If
 *     it is the run id, then the id was made for this run, no other run can have it, and a store
 *     need not look for one
 */
public record RunRecord(
    String runId,
    String blueprintId,
    String blueprintHash,
    Payload blueprint,
    @Nullable String parentRunId,
    @Nullable String parentInstance,
    Payload initialContext,
    Payload options,
    RunStatus status,
    @Nullable Payload summary,
    long epoch,
    @Nullable Long deadlineMillis,
    long createdAtMillis,
    long beganAtMillis,
    long updatedAtMillis,
    String token) {

  /**
   * The same run in another status.
   *
   * @param nextSummary null to leave the summary as it is
   */
  public RunRecord withStatus(RunStatus next, @Nullable Payload nextSummary, long atMillis) {
    return new RunRecord(
        runId,
        blueprintId,
        blueprintHash,
        blueprint,
        parentRunId,
        parentInstance,
        initialContext,
        options,
        next,
        nextSummary == null ? summary : nextSummary,
        epoch,
        deadlineMillis,
        createdAtMillis,
        status.isFinal() && !next.isFinal() ? atMillis : beganAtMillis,
        atMillis,
        token);
  }

  /** The same run in another epoch. */
  public RunRecord withEpoch(long next) {
    return new RunRecord(
        runId,
        blueprintId,
        blueprintHash,
        blueprint,
        parentRunId,
        parentInstance,
        initialContext,
        options,
        status,
        summary,
        next,
        deadlineMillis,
        createdAtMillis,
        beganAtMillis,
        updatedAtMillis,
        token);
  }

  /** When the run is to be stopped, in milliseconds of the epoch; null for never. */
  public @Nullable Long stopAtMillis() {
    if (deadlineMillis == null) {
      return null;
    }
    boolean never = deadlineMillis > Long.MAX_VALUE - Math.max(0, beganAtMillis);
    return never ? Long.MAX_VALUE : beganAtMillis + deadlineMillis;
  }
}
