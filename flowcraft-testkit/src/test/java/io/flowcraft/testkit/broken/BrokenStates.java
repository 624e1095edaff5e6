package io.flowcraft.testkit.broken;

import io.flowcraft.spi.Completion;
import io.flowcraft.spi.CompletionAnswer;
import io.flowcraft.spi.CoordinationStore;
import io.flowcraft.spi.RunProgress;
import io.flowcraft.spi.RunState;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/** Coordination stores that break one rule of epochs, and of states to go on from, each. */
final class BrokenStates {

  private BrokenStates() {}

  static void add(Map<String, Broken<CoordinationStore>> all) {
    addEpochs(all);
    addStates(all);
  }

  private static void addEpochs(Map<String, Broken<CoordinationStore>> all) {
    all.put(
        "C-44", Broken.of("the verdict on a completion of epoch", BrokenStates::ignoringEpochs));
    all.put("C-45", Broken.of("parking in epoch", BrokenStates::ignoringEpochs));
    all.put(
        "C-46",
        Broken.of("the progress of a run opened in a later epoch", BrokenStates::inTheFirstEpoch));
    all.put(
        "C-47",
        BrokenCoordination.opening(
            "the answer to opening an earlier epoch", BrokenStates::whateverIsKnown));
    all.put(
        "C-48",
        BrokenCoordination.opening("the latest of many epochs", BrokenStates::whateverIsKnown));
  }

  private static void addStates(Map<String, Broken<CoordinationStore>> all) {
    all.put(
        "C-49",
        BrokenCoordination.opening(
            "the verdict on an instance that was decided before",
            (good, run) -> good.open(withDecided(run, List.of()))));
    all.put(
        "C-50",
        BrokenCoordination.opening(
            "the progress of a run opened from a state",
            (good, run) -> good.open(withoutParked(run))));
    all.put(
        "C-51",
        BrokenCoordination.opening(
            "the joins that were resolved", (good, run) -> good.open(withoutJoins(run))));
    all.put(
        "C-52",
        BrokenCoordination.opening(
            "failures before the run was opened", (good, run) -> good.open(withoutFailures(run))));
    all.put(
        "C-53", BrokenCoordination.parking("told when something parks", BrokenStates::unnumbered));
    all.put(
        "C-54",
        BrokenCoordination.opening(
            "the verdict on the last of many decided instances",
            (good, run) ->
                good.open(withDecided(run, run.decided().stream().limit(8_000).toList()))));
  }

  private static CompletionStage<RunProgress> whateverIsKnown(
      CoordinationStore good, RunState run) {
    return good.forget(run.runId()).thenCompose(gone -> good.open(run));
  }

  private static RunProgress unnumbered(RunProgress progress) {
    return new RunProgress(
        progress.known(),
        0,
        progress.open(),
        progress.parked(),
        progress.failed(),
        progress.changed());
  }

  static RunState withOpen(RunState run, Collection<String> open) {
    return new RunState(
        run.runId(),
        run.epoch(),
        run.sequence(),
        run.failed(),
        run.decided(),
        open,
        run.parked(),
        run.joins());
  }

  private static RunState withDecided(RunState run, Collection<String> decided) {
    return new RunState(
        run.runId(),
        run.epoch(),
        run.sequence(),
        run.failed(),
        decided,
        run.open(),
        run.parked(),
        run.joins());
  }

  private static RunState withoutParked(RunState run) {
    return new RunState(
        run.runId(),
        run.epoch(),
        run.sequence(),
        run.failed(),
        run.decided(),
        run.open(),
        List.of(),
        run.joins());
  }

  private static RunState withoutJoins(RunState run) {
    return new RunState(
        run.runId(),
        run.epoch(),
        run.sequence(),
        run.failed(),
        run.decided(),
        run.open(),
        run.parked(),
        List.of());
  }

  private static RunState withoutFailures(RunState run) {
    return new RunState(
        run.runId(),
        run.epoch(),
        run.sequence(),
        0,
        run.decided(),
        run.open(),
        run.parked(),
        run.joins());
  }

  private static RunState inEpoch(RunState run, long epoch) {
    return new RunState(
        run.runId(),
        epoch,
        run.sequence(),
        run.failed(),
        run.decided(),
        run.open(),
        run.parked(),
        run.joins());
  }

  /** Does not look at the epoch of what it is asked, once a run is open. */
  private static CoordinationStore ignoringEpochs(CoordinationStore good) {
    Map<String, Long> epochs = new ConcurrentHashMap<>();
    return new ForwardingCoordinationStore(good) {
      @Override
      public CompletionStage<RunProgress> open(RunState run) {
        epochs.put(run.runId(), run.epoch());
        return good.open(run);
      }

      @Override
      public CompletionStage<CompletionAnswer> complete(Completion c) {
        long epoch = epochs.getOrDefault(c.runId(), c.epoch());
        return good.complete(
            new Completion(c.runId(), epoch, c.instance(), c.token(), c.failed(), c.arrivals()));
      }

      @Override
      public CompletionStage<RunProgress> park(String runId, long epoch, String instance) {
        return good.park(runId, epochs.getOrDefault(runId, epoch), instance);
      }

      @Override
      public CompletionStage<RunProgress> unpark(String runId, long epoch, String instance) {
        return good.unpark(runId, epochs.getOrDefault(runId, epoch), instance);
      }
    };
  }

  /** Takes every later epoch for the first one. */
  private static CoordinationStore inTheFirstEpoch(CoordinationStore good) {
    Map<String, Long> epochs = new ConcurrentHashMap<>();
    return new ForwardingCoordinationStore(good) {
      @Override
      public CompletionStage<RunProgress> open(RunState run) {
        Long first = epochs.putIfAbsent(run.runId(), run.epoch());
        return good.open(first == null ? run : inEpoch(run, first));
      }
    };
  }
}
