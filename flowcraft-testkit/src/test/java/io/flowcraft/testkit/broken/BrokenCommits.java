package io.flowcraft.testkit.broken;

import io.flowcraft.spi.Commit;
import io.flowcraft.spi.ContextStore;
import io.flowcraft.spi.Entry;
import io.flowcraft.spi.Outcome;
import io.flowcraft.spi.Payload;
import io.flowcraft.spi.RunSlice;
import io.flowcraft.spi.Selection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

/** Stores that break one rule of commits each. */
final class BrokenCommits {

  private static final CompletionStage<Void> DONE = CompletableFuture.completedFuture(null);

  private BrokenCommits() {}

  static void add(Map<String, Broken<ContextStore>> all) {
    all.put("S-5", committing("S-5: the outcomes", BrokenCommits::withoutActions));
    all.put("S-6", Broken.of("how many commits were seen in parts", BrokenCommits::inParts));
    all.put("S-7", Broken.of("after others of lower and equal sequence", BrokenCommits::lastWins));
    all.put("S-8", Broken.of("after one of a higher sequence", BrokenCommits::firstWins));
    all.put("S-9", Broken.of("the fact after a parked state", BrokenCommits::firstWins));
    all.put("S-10", Broken.of("with the highest sequence", BrokenCommits::lastEntryWins));
    all.put("S-11", Broken.of("after both commits came again", BrokenCommits::lastEntryWins));
    all.put("S-12", Broken.of("the deleted entry", BrokenCommits::forgettingDeletions));
    all.put("S-18", Broken.of("outcomes of concurrent commits", BrokenCommits::forOneThread));
    all.put("S-32", committing("a text of 200 KB", BrokenCommits::cutShort));
  }

  private static Broken<ContextStore> committing(String words, UnaryOperator<Commit> change) {
    return Broken.of(
        words,
        good ->
            new ForwardingContextStore(good) {
              @Override
              public CompletionStage<Void> commit(Commit commit) {
                return good.commit(change.apply(commit));
              }
            });
  }

  private static Commit withoutActions(Commit commit) {
    List<Outcome> outcomes =
        commit.outcomes().stream()
            .map(
                o ->
                    new Outcome(
                        o.instance(),
                        o.nodeId(),
                        o.path(),
                        o.status(),
                        o.sequence(),
                        o.attempt(),
                        o.output(),
                        null,
                        o.routing(),
                        o.detail(),
                        o.wakeUpAtMillis(),
                        o.startedAtMillis(),
                        o.endedAtMillis()))
            .toList();
    return new Commit(commit.runId(), commit.epoch(), outcomes, commit.entries());
  }

  private static Commit cutShort(Commit commit) {
    List<Entry> entries =
        commit.entries().stream()
            .map(
                entry -> {
                  String text = entry.value().text();
                  String cut = text.substring(0, Math.min(text.length(), 65_535));
                  return new Entry(entry.key(), Payload.ofText(cut, null), entry.sequence());
                })
            .toList();
    return new Commit(commit.runId(), commit.epoch(), commit.outcomes(), entries);
  }

  /** Waits for a reader between the outcomes and the entries of a commit. */
  private static ContextStore inParts(ContextStore good) {
    Semaphore reads = new Semaphore(0);
    return new ForwardingContextStore(good) {
      @Override
      public CompletionStage<Void> commit(Commit commit) {
        good.commit(new Commit(commit.runId(), commit.epoch(), commit.outcomes(), List.of()))
            .toCompletableFuture()
            .join();
        reads.drainPermits();
        try {
          // Two, as the first may have begun before the outcomes were there.
          reads.tryAcquire(2, 100, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
        return good.commit(new Commit(commit.runId(), commit.epoch(), List.of(), commit.entries()));
      }

      @Override
      public CompletionStage<RunSlice> read(String runId, Selection selection) {
        CompletionStage<RunSlice> slice = good.read(runId, selection);
        reads.release();
        return slice;
      }
    };
  }

  private static ContextStore lastWins(ContextStore good) {
    Map<String, Outcome> outcomes = new LinkedHashMap<>();
    return new ForwardingContextStore(good) {
      @Override
      public CompletionStage<Void> commit(Commit commit) {
        commit.outcomes().forEach(outcome -> outcomes.put(outcome.instance(), outcome));
        return good.commit(commit);
      }

      @Override
      public CompletionStage<RunSlice> read(String runId, Selection selection) {
        return good.read(runId, selection)
            .thenApply(slice -> new RunSlice(Map.copyOf(outcomes), slice.entries()));
      }
    };
  }

  private static ContextStore firstWins(ContextStore good) {
    return new ForwardingContextStore(good) {
      @Override
      public CompletionStage<Void> commit(Commit commit) {
        Map<String, Outcome> known =
            good.read(commit.runId(), Selection.ALL).toCompletableFuture().join().outcomes();
        List<Outcome> fresh =
            commit.outcomes().stream().filter(o -> !known.containsKey(o.instance())).toList();
        return good.commit(new Commit(commit.runId(), commit.epoch(), fresh, commit.entries()));
      }
    };
  }

  private static ContextStore lastEntryWins(ContextStore good) {
    Map<String, Entry> entries = new LinkedHashMap<>();
    return new ForwardingContextStore(good) {
      @Override
      public CompletionStage<Void> commit(Commit commit) {
        commit.entries().forEach(entry -> entries.put(entry.key(), entry));
        return good.commit(commit);
      }

      @Override
      public CompletionStage<RunSlice> read(String runId, Selection selection) {
        return good.read(runId, selection)
            .thenApply(slice -> new RunSlice(slice.outcomes(), Map.copyOf(entries)));
      }
    };
  }

  private static ContextStore forgettingDeletions(ContextStore good) {
    return BrokenStores.reading(
            "",
            (store, asked) ->
                store
                    .read(asked.runId(), asked.selection())
                    .thenApply(
                        slice -> {
                          Map<String, Entry> left = new LinkedHashMap<>(slice.entries());
                          left.values().removeIf(entry -> entry.value() == null);
                          return new RunSlice(slice.outcomes(), left);
                        }))
        .breaking()
        .apply(good);
  }

  private static ContextStore forOneThread(ContextStore good) {
    AtomicReference<Thread> only = new AtomicReference<>();
    return new ForwardingContextStore(good) {
      @Override
      public CompletionStage<Void> commit(Commit commit) {
        only.compareAndSet(null, Thread.currentThread());
        return only.get() == Thread.currentThread() ? good.commit(commit) : DONE;
      }
    };
  }
}
