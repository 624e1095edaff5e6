package io.flowcraft.state.cassandra;

import io.flowcraft.error.ErrorCode;
import io.flowcraft.error.FlowcraftException;
import io.flowcraft.run.RunStatus;
import io.flowcraft.spi.Outcome;
import io.flowcraft.spi.Payload;
import io.flowcraft.spi.RunRecord;
import io.flowcraft.spi.Selection;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** How runs begin, move and go. Hints come before what they point to. */
final class Lives {

  /** So often a move is tried while others move the run. */
  private static final int TRIES = 20;

  private final RunTable runs;
  private final Hints hints;
  private final Slices slices;
  private final Deletions deletions;
  private final long retentionMillis;

  /** The two kinds of hints. */
  record Hints(LiveHints live, WakeHints wakes) {}

  /** A move that somebody asks for. */
  record Move(
      String runId,
      long epoch,
      Set<RunStatus> expected,
      RunStatus next,
      @Nullable Payload summary,
      long atMillis) {}

  Lives(RunTable runs, Hints hints, Slices slices, Deletions deletions, long retentionMillis) {
    this.runs = runs;
    this.hints = hints;
    this.slices = slices;
    this.deletions = deletions;
    this.retentionMillis = retentionMillis;
  }

  CompletionStage<Stored> create(RunRecord run) {
    List<WakeHints.Wake> wakes = new ArrayList<>();
    deadline(run, wakes);
    return hints
        .live()
        .around(
            run.runId(),
            run.blueprintId(),
            // As long as nobody was told of the run, nobody knows an id that was made for it.
            run.token().equals(run.runId()),
            () -> hints.wakes().around(wakes, () -> runs.create(run)));
  }

  private static void deadline(RunRecord run, Collection<WakeHints.Wake> wakes) {
    Long stopAt = run.stopAtMillis();
    if (stopAt != null && stopAt != Long.MAX_VALUE) {
      wakes.add(new WakeHints.Wake(run.runId(), "", WakeHints.DEADLINE, stopAt));
    }
  }

  CompletionStage<Optional<RunRecord>> move(Move move) {
    Stored seen = runs.seen(move.runId());
    // What was seen last is good enough to try: the transaction fails if it is not how it is.
    boolean promising =
        seen != null
            && seen.record().epoch() == move.epoch()
            && move.expected().contains(seen.record().status())
            && isWay(seen.record().status(), move.next());
    return seen != null && promising ? attempt(seen, move, TRIES) : moveFresh(move, TRIES);
  }

  private CompletionStage<Optional<RunRecord>> moveFresh(Move move, int tries) {
    if (tries == 0) {
      throw new FlowcraftException(
          ErrorCode.BACKEND,
          "Run '" + move.runId() + "' moves faster than it can be moved. Asking again is safe.");
    }
    return runs.find(move.runId())
        .thenCompose(
            found -> {
              if (found.isEmpty()) {
                return Async.of(Optional.empty());
              }
              RunRecord run = found.get().record();
              if (run.epoch() != move.epoch() || !move.expected().contains(run.status())) {
                return Async.of(Optional.of(run));
              }
              if (!isWay(run.status(), move.next())) {
                throw noWay(run, move.next());
              }
              return attempt(found.get(), move, tries);
            });
  }

  /** Asking for the status that a run has is repeating oneself, and no move. */
  private static boolean isWay(RunStatus from, RunStatus to) {
    return from == to || from.canBecome(to);
  }

  private static FlowcraftException noWay(RunRecord run, RunStatus next) {
    return new FlowcraftException(
        ErrorCode.RUN_STATE,
        "Run '"
            + run.runId()
            + "' is "
            + run.status()
            + " and can't become "
            + next
            + "; expected: one of "
            + run.status().successors()
            + ".");
  }

  private CompletionStage<Optional<RunRecord>> attempt(Stored run, Move move, int tries) {
    RunStatus from = run.record().status();
    boolean begins = from.isFinal() && !move.next().isFinal();
    CompletionStage<Optional<Stored>> moved = begins ? beginAgain(run, move) : end(run, move);
    return moved.thenCompose(
        now -> now.isPresent() ? Async.of(now.map(Stored::record)) : moveFresh(move, tries - 1));
  }

  private CompletionStage<Optional<Stored>> end(Stored run, Move move) {
    List<WakeHints.Wake> expiry =
        move.next().isFinal() && retentionMillis > 0
            ? List.of(
                new WakeHints.Wake(
                    move.runId(), "", WakeHints.EXPIRY, move.atMillis() + retentionMillis))
            : List.of();
    return hints
        .wakes()
        .around(expiry, () -> runs.move(run, move.next(), move.summary(), move.atMillis()));
  }

  /** A run that is set going again is found again: in lists, and when its timers are due. */
  private CompletionStage<Optional<Stored>> beginAgain(Stored run, Move move) {
    List<WakeHints.Wake> wakes = new ArrayList<>();
    deadline(run.record().withStatus(move.next(), null, move.atMillis()), wakes);
    return slices
        .read(move.runId(), Selection.ALL)
        .thenCompose(
            slice -> {
              slice.outcomes().values().forEach(outcome -> timer(move.runId(), outcome, wakes));
              return hints
                  .live()
                  .around(
                      move.runId(),
                      run.record().blueprintId(),
                      false,
                      () ->
                          hints
                              .wakes()
                              .around(
                                  wakes,
                                  () ->
                                      runs.move(
                                          run, move.next(), move.summary(), move.atMillis())));
            });
  }

  static void timer(String runId, Outcome outcome, Collection<WakeHints.Wake> wakes) {
    Long wakeAt = outcome.wakeUpAtMillis();
    if (wakeAt != null) {
      wakes.add(new WakeHints.Wake(runId, outcome.instance(), WakeHints.TIMER, wakeAt));
    }
  }

  CompletionStage<Void> delete(String runId) {
    return runs.find(runId)
        .thenCompose(run -> run.isEmpty() ? Async.DONE : deletions.delete(run.get()));
  }
}
