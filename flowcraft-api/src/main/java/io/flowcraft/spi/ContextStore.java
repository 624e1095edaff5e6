package io.flowcraft.spi;

import io.flowcraft.run.RunStatus;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Holds the truth about runs.
 *
 * <p>All methods may be called from any thread and do not block; what they promise holds when the
 * returned stage completes. A stage that completes exceptionally leaves open whether the effect
 * took place; asking again is always safe. The rules are numbered S-1 and following in {@code
 * docs/spi-contract.md}.
 */
public interface ContextStore extends AutoCloseable {

  /**
   * Stores a new run. Idempotent by run id.
   *
   * @return the run that is stored now: the given one, or the one that was there before
   */
  CompletionStage<RunRecord> create(RunRecord run);

  /** The run of this id. */
  CompletionStage<Optional<RunRecord>> find(String runId);

  /**
   * Stores outcomes and entries, all or none, visible together. An outcome in a final status is
   * never replaced by one with a lower or equal sequence, an entry never by one with a lower
   * sequence, a final status never by another one. A commit of an earlier epoch than that of the
   * run is ignored: its writer was taken for dead, and what it did is done again. Idempotent.
   */
  CompletionStage<Void> commit(Commit commit);

  /** Reads outcomes and entries; what is not there is left out. */
  CompletionStage<RunSlice> read(String runId, Selection selection);

  /**
   * Begins the next epoch of a run, if it is in a given one: what is stored stays, what is
   * committed in an earlier epoch from now on is ignored. Of several callers one does.
   *
   * @param epoch the epoch that ends
   * @param retracted the instances whose outcomes are taken back, so that they are undecided again
   * @return everything that is stored of the run now; empty if the run is not in that epoch or not
   *     there
   */
  CompletionStage<Optional<RunSlice>> fence(String runId, long epoch, List<String> retracted);

  /**
   * Moves a run to a status, if it is in a given epoch and in one of the expected statuses. A move
   * that {@link RunStatus#successors} does not allow is a defect of the caller; a store may refuse
   * it.
   *
   * @param summary what the run says of itself from now on: the final result, once there is one;
   *     null to leave what it said before
   * @return the run as it is now; it is in the new status if the move took place
   */
  CompletionStage<Optional<RunRecord>> transition(
      String runId,
      long epoch,
      Set<RunStatus> expected,
      RunStatus next,
      @Nullable Payload summary,
      long atMillis);

  /** Lists runs, ordered by id. */
  CompletionStage<RunPage> list(RunQuery query);

  /** Adds events to the history of a run; an entry whose sequence is there already is left out. */
  CompletionStage<Void> append(String runId, List<HistoryEntry> entries);

  /** The history of a run in the order of its sequence. */
  CompletionStage<List<HistoryEntry>> history(String runId);

  /** Removes everything about a run. Idempotent. */
  CompletionStage<Void> delete(String runId);

  /** Lets go of all resources; a second call does nothing. */
  @Override
  void close();
}
