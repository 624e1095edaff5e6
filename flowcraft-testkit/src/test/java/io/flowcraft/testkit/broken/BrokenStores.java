package io.flowcraft.testkit.broken;

import io.flowcraft.memory.InMemoryContextStore;
import io.flowcraft.run.RunStatus;
import io.flowcraft.spi.Commit;
import io.flowcraft.spi.ContextStore;
import io.flowcraft.spi.HistoryEntry;
import io.flowcraft.spi.Outcome;
import io.flowcraft.spi.Payload;
import io.flowcraft.spi.RunPage;
import io.flowcraft.spi.RunQuery;
import io.flowcraft.spi.RunRecord;
import io.flowcraft.spi.RunSlice;
import io.flowcraft.spi.Selection;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Stores that break one rule of runs, reading, lists and lifetimes each. */
final class BrokenStores {

  private static final CompletionStage<Void> DONE = CompletableFuture.completedFuture(null);

  private BrokenStores() {}

  /** By rule: what the kit says, and how to break a good store. */
  static Map<String, Broken<ContextStore>> all() {
    Map<String, Broken<ContextStore>> all = new LinkedHashMap<>();
    addRuns(all);
    BrokenCommits.add(all);
    addReading(all);
    addLists(all);
    BrokenEpochs.add(all);
    BrokenTimers.add(all);
    addLifetimes(all);
    return all;
  }

  private static void addRuns(Map<String, Broken<ContextStore>> all) {
    all.put(
        "S-1", creating("the run that is found", (good, run) -> good.create(withoutParent(run))));
    all.put(
        "S-2",
        creating(
            "the answer to a second create",
            (good, run) -> good.delete(run.runId()).thenCompose(done -> good.create(run))));
    all.put("S-3", creating("the different answers to concurrent creators", ContextStore::create));
    all.put(
        "S-4",
        Broken.of(
            "an error instead of an answer",
            good ->
                new ForwardingContextStore(good) {
                  @Override
                  public CompletionStage<Optional<RunRecord>> find(String runId) {
                    return good.find(runId).thenApply(run -> Optional.of(run.orElseThrow()));
                  }
                }));
    all.put(
        "S-20",
        moving(
            "the answer to the move",
            (good, move) ->
                good.transition(move.runId, move.epoch, move.expected, move.next, null, move.at)));
    all.put(
        "S-52",
        moving(
            "the summary in the answer",
            (good, move) ->
                good.transition(
                    move.runId,
                    move.epoch,
                    move.expected,
                    move.next,
                    move.summary == null ? Payload.ofText("{}", null) : move.summary,
                    move.at)));
    all.put(
        "S-21",
        moving(
            "the run as it is",
            (good, move) ->
                good.transition(
                    move.runId,
                    move.epoch,
                    Set.of(RunStatus.values()),
                    move.next,
                    move.summary,
                    move.at)));
    all.put(
        "S-22",
        moving(
            "an error instead of an answer",
            (good, move) ->
                good.find(move.runId).thenApply(run -> Optional.of(run.orElseThrow()))));
    all.put(
        "S-23",
        moving(
            "the different results that concurrent movers were told",
            (good, move) ->
                good.find(move.runId)
                    .thenApply(
                        run -> run.map(r -> r.withStatus(move.next, move.summary, move.at)))));
  }

  private static void addReading(Map<String, Broken<ContextStore>> all) {
    all.put("S-13", reading("asked for and are there", BrokenStores::everything));
    all.put("S-14", reading("failed and skipped ones not", BrokenStores::latestOfAnyStatus));
    all.put("S-15", reading("asked for and are there", BrokenStores::everything));
    all.put(
        "S-16",
        reading(
            "an error instead of an answer",
            (good, asked) ->
                good.find(asked.runId)
                    .thenCompose(run -> good.read(run.orElseThrow().runId(), asked.selection))));
    all.put("S-17", reading("outcomes read before a commit", BrokenStores::liveView));
    all.put(
        "S-19",
        Broken.of(
            "the outcomes that were not taken back",
            good ->
                new ForwardingContextStore(good) {
                  @Override
                  public CompletionStage<Optional<RunSlice>> fence(
                      String runId, long epoch, List<String> retracted) {
                    return good.fence(runId, epoch, List.of());
                  }
                }));
  }

  private static void addLists(Map<String, Broken<ContextStore>> all) {
    all.put(
        "S-24",
        listing(
            "S-24: running",
            query ->
                new RunQuery(
                    Set.of(),
                    query.blueprintId(),
                    query.wakesBeforeMillis(),
                    query.cursor(),
                    query.limit()),
            page -> page));
    all.put(
        "S-25",
        listing(
            "runs of one blueprint",
            query -> new RunQuery(query.statuses(), null, query.cursor(), query.limit()),
            page -> page));
    all.put(
        "S-26",
        listing(
            "in the order of their ids",
            query -> query,
            page -> {
              List<RunRecord> runs = new ArrayList<>(page.runs());
              Collections.reverse(runs);
              return new RunPage(runs, page.cursor());
            }));
    all.put(
        "S-27",
        listing(
            "the runs of all pages so far",
            query -> new RunQuery(query.statuses(), query.blueprintId(), null, query.limit()),
            page -> page));
  }

  private static void addLifetimes(Map<String, Broken<ContextStore>> all) {
    all.put("S-28", Broken.of("in the order of its sequence", BrokenStores::historyBackwards));
    all.put("S-29", Broken.of("after an entry came again", BrokenStores::historyRewritten));
    all.put(
        "S-30",
        Broken.of(
            "a deleted run",
            good ->
                new ForwardingContextStore(good) {
                  @Override
                  public CompletionStage<Void> delete(String runId) {
                    return DONE;
                  }
                }));
    all.put("S-31", Broken.of("outcomes of before the deletion", BrokenStores::haunted));
    all.put("S-33", Broken.of("closed already", BrokenStores::closingOnce));
    all.put(
        "S-34", Broken.of("the run in a store opened later", good -> new InMemoryContextStore()));
  }

  /** What is asked of {@link ContextStore#transition}. */
  record Move(
      String runId,
      long epoch,
      Set<RunStatus> expected,
      RunStatus next,
      Payload summary,
      long at) {}

  /** What is asked of {@link ContextStore#read}. */
  record Asked(String runId, Selection selection) {}

  interface Creating {
    CompletionStage<RunRecord> create(ContextStore good, RunRecord run);
  }

  interface Moving {
    CompletionStage<Optional<RunRecord>> move(ContextStore good, Move move);
  }

  interface Reading {
    CompletionStage<RunSlice> read(ContextStore good, Asked asked);
  }

  static Broken<ContextStore> creating(String words, Creating instead) {
    return Broken.of(
        words,
        good ->
            new ForwardingContextStore(good) {
              @Override
              public CompletionStage<RunRecord> create(RunRecord run) {
                return instead.create(good, run).thenApply(stored -> run);
              }
            });
  }

  private static RunRecord withoutParent(RunRecord run) {
    return orphan(run, run.deadlineMillis(), run.beganAtMillis());
  }

  /** A run without a parent, with other times. */
  static RunRecord orphan(RunRecord run, Long deadlineMillis, long beganAtMillis) {
    return new RunRecord(
        run.runId(),
        run.blueprintId(),
        run.blueprintHash(),
        run.blueprint(),
        null,
        null,
        run.initialContext(),
        run.options(),
        run.status(),
        run.summary(),
        run.epoch(),
        deadlineMillis,
        run.createdAtMillis(),
        beganAtMillis,
        run.updatedAtMillis(),
        run.token());
  }

  static Broken<ContextStore> moving(String words, Moving instead) {
    return Broken.of(
        words,
        good ->
            new ForwardingContextStore(good) {
              @Override
              public CompletionStage<Optional<RunRecord>> transition(
                  String runId,
                  long epoch,
                  Set<RunStatus> expected,
                  RunStatus next,
                  Payload summary,
                  long atMillis) {
                return instead.move(
                    good, new Move(runId, epoch, expected, next, summary, atMillis));
              }
            });
  }

  static Broken<ContextStore> reading(String words, Reading instead) {
    return Broken.of(
        words,
        good ->
            new ForwardingContextStore(good) {
              @Override
              public CompletionStage<RunSlice> read(String runId, Selection selection) {
                return instead.read(good, new Asked(runId, selection));
              }
            });
  }

  private static CompletionStage<RunSlice> everything(ContextStore good, Asked asked) {
    return good.read(asked.runId, Selection.ALL);
  }

  private static CompletionStage<RunSlice> latestOfAnyStatus(ContextStore good, Asked asked) {
    return good.read(asked.runId, Selection.ALL)
        .thenApply(
            slice -> {
              Map<String, Outcome> latest = new LinkedHashMap<>();
              for (Outcome outcome : slice.outcomes().values()) {
                if (asked.selection.nodes().contains(outcome.nodeId())) {
                  latest.merge(
                      outcome.nodeId(), outcome, (a, b) -> a.sequence() > b.sequence() ? a : b);
                }
              }
              return new RunSlice(latest, Map.of());
            });
  }

  /** Hands out a map that goes on changing. */
  private static CompletionStage<RunSlice> liveView(ContextStore good, Asked asked) {
    Map<String, Outcome> live =
        new AbstractMap<>() {
          @Override
          public Set<Map.Entry<String, Outcome>> entrySet() {
            return good.read(asked.runId, Selection.ALL)
                .toCompletableFuture()
                .join()
                .outcomes()
                .entrySet();
          }
        };
    return CompletableFuture.completedFuture(new RunSlice(live, Map.of()));
  }

  static Broken<ContextStore> listing(
      String words, UnaryOperator<RunQuery> asking, UnaryOperator<RunPage> answering) {
    return Broken.of(
        words,
        good ->
            new ForwardingContextStore(good) {
              @Override
              public CompletionStage<RunPage> list(RunQuery query) {
                return good.list(asking.apply(query)).thenApply(answering);
              }
            });
  }

  private static ContextStore historyBackwards(ContextStore good) {
    return new ForwardingContextStore(good) {
      @Override
      public CompletionStage<List<HistoryEntry>> history(String runId) {
        Function<List<HistoryEntry>, List<HistoryEntry>> backwards =
            entries -> {
              List<HistoryEntry> copy = new ArrayList<>(entries);
              Collections.reverse(copy);
              return copy;
            };
        return good.history(runId).thenApply(backwards);
      }
    };
  }

  private static ContextStore historyRewritten(ContextStore good) {
    Map<Long, HistoryEntry> history = new TreeMap<>();
    return new ForwardingContextStore(good) {
      @Override
      public CompletionStage<Void> append(String runId, List<HistoryEntry> entries) {
        entries.forEach(entry -> history.put(entry.sequence(), entry));
        return DONE;
      }

      @Override
      public CompletionStage<List<HistoryEntry>> history(String runId) {
        return CompletableFuture.completedFuture(List.copyOf(history.values()));
      }
    };
  }

  /** What a deleted run had comes back with the next run of its id. */
  private static ContextStore haunted(ContextStore good) {
    Map<String, RunSlice> deleted = new LinkedHashMap<>();
    return new ForwardingContextStore(good) {
      @Override
      public CompletionStage<Void> delete(String runId) {
        deleted.put(runId, good.read(runId, Selection.ALL).toCompletableFuture().join());
        return good.delete(runId);
      }

      @Override
      public CompletionStage<RunRecord> create(RunRecord run) {
        CompletionStage<RunRecord> created = good.create(run);
        RunSlice old = deleted.get(run.runId());
        return old == null
            ? created
            : good.commit(
                    new Commit(
                        run.runId(), run.epoch(), List.copyOf(old.outcomes().values()), List.of()))
                .thenCompose(done -> created);
      }
    };
  }

  private static ContextStore closingOnce(ContextStore good) {
    AtomicBoolean closed = new AtomicBoolean();
    return new ForwardingContextStore(good) {
      @Override
      public void close() {
        if (closed.getAndSet(true)) {
          throw new IllegalStateException("The store is closed already.");
        }
      }
    };
  }
}
