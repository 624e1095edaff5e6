package io.flowcraft.testkit.broken;

import io.flowcraft.spi.Commit;
import io.flowcraft.spi.ContextStore;
import io.flowcraft.spi.RunRecord;
import io.flowcraft.spi.RunSlice;
import io.flowcraft.spi.Selection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Stores that break one rule of epochs each. */
final class BrokenEpochs {

  private static final CompletionStage<Optional<RunSlice>> NOTHING =
      CompletableFuture.completedFuture(Optional.empty());

  private BrokenEpochs() {}

  static void add(Map<String, Broken<ContextStore>> all) {
    all.put("S-39", Broken.of("the entries of an earlier epoch", BrokenEpochs::entriesUnfenced));
    all.put(
        "S-40",
        fencing(
            "the run after a fence",
            (good, fence) -> good.read(fence.runId, Selection.ALL).thenApply(Optional::of)));
    all.put("S-41", fencing("the answer to a fence of epoch", BrokenEpochs::inAnyEpoch));
    all.put(
        "S-42",
        fencing("those who were told that they began the next epoch", BrokenEpochs::inAnyEpoch));
    all.put(
        "S-43",
        fencing(
            "the entries that a fence answers",
            (good, fence) ->
                good.fence(fence.runId, fence.epoch, fence.retracted)
                    .thenApply(
                        answer -> answer.map(slice -> new RunSlice(slice.outcomes(), Map.of())))));
    all.put("S-44", fencing("what was committed before two fences", BrokenEpochs::takingBackAll));
    all.put("S-45", Broken.of("those that the fence answered", BrokenEpochs::readingTooEarly));
    all.put("S-54", fencing("that of before its end", BrokenEpochs::takingBackAll));
    all.put(
        "S-46",
        BrokenStores.moving(
            "the answer to a move in epoch",
            (good, move) ->
                good.transition(
                    move.runId(),
                    epoch(good, move.runId()).orElseThrow(),
                    move.expected(),
                    move.next(),
                    move.summary(),
                    move.at())));
    all.put(
        "S-47",
        BrokenStores.moving(
            "when a run began that was set going again",
            (good, move) ->
                good.transition(
                        move.runId(),
                        move.epoch(),
                        move.expected(),
                        move.next(),
                        move.summary(),
                        move.at())
                    .thenApply(answer -> answer.map(BrokenEpochs::begunWhenCreated))));
  }

  /** What is asked of {@link ContextStore#fence}. */
  private record Fence(String runId, long epoch, List<String> retracted) {}

  private interface Fencing {
    CompletionStage<Optional<RunSlice>> fence(ContextStore good, Fence fence);
  }

  private static Broken<ContextStore> fencing(String words, Fencing instead) {
    return Broken.of(
        words,
        good ->
            new ForwardingContextStore(good) {
              @Override
              public CompletionStage<Optional<RunSlice>> fence(
                  String runId, long epoch, List<String> retracted) {
                return instead.fence(good, new Fence(runId, epoch, retracted));
              }
            });
  }

  private static Optional<Long> epoch(ContextStore good, String runId) {
    return good.find(runId).toCompletableFuture().join().map(RunRecord::epoch);
  }

  private static RunRecord begunWhenCreated(RunRecord run) {
    return BrokenStores.orphan(run, run.deadlineMillis(), run.createdAtMillis());
  }

  /** Asks for the epoch before it writes outcomes, but not before it writes entries. */
  private static ContextStore entriesUnfenced(ContextStore good) {
    return new ForwardingContextStore(good) {
      @Override
      public CompletionStage<Void> commit(Commit commit) {
        long epoch = epoch(good, commit.runId()).orElse(commit.epoch());
        return good.commit(new Commit(commit.runId(), epoch, List.of(), commit.entries()))
            .thenCompose(done -> good.commit(commit));
      }
    };
  }

  private static CompletionStage<Optional<RunSlice>> inAnyEpoch(ContextStore good, Fence fence) {
    synchronized (good) {
      return epoch(good, fence.runId)
          .map(epoch -> good.fence(fence.runId, epoch, fence.retracted))
          .orElse(NOTHING);
    }
  }

  private static CompletionStage<Optional<RunSlice>> takingBackAll(ContextStore good, Fence fence) {
    RunSlice before = good.read(fence.runId, Selection.ALL).toCompletableFuture().join();
    return good.fence(fence.runId, fence.epoch, List.copyOf(before.outcomes().keySet()))
        .thenApply(answer -> answer.map(slice -> before));
  }

  /** Answers what was stored a commit before the epoch begins. */
  private static ContextStore readingTooEarly(ContextStore good) {
    Semaphore commits = new Semaphore(0);
    return new ForwardingContextStore(good) {
      @Override
      public CompletionStage<Void> commit(Commit commit) {
        CompletionStage<Void> done = good.commit(commit);
        commits.release();
        return done;
      }

      @Override
      public CompletionStage<Optional<RunSlice>> fence(
          String runId, long epoch, List<String> retracted) {
        RunSlice early = good.read(runId, Selection.ALL).toCompletableFuture().join();
        commits.drainPermits();
        try {
          // More than there are writers, as theirs may have begun before.
          commits.tryAcquire(8, 100, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
        return good.fence(runId, epoch, retracted).thenApply(answer -> answer.map(now -> early));
      }
    };
  }
}
