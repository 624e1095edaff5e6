package io.flowcraft.testkit.broken;

import io.flowcraft.memory.InMemoryCoordinationStore;
import io.flowcraft.spi.Completion;
import io.flowcraft.spi.CompletionAnswer;
import io.flowcraft.spi.CoordinationStore;
import io.flowcraft.spi.RunProgress;
import io.flowcraft.spi.RunState;
import io.flowcraft.testkit.VirtualTime;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Coordination stores that break one rule of values, runs and parking each. */
final class BrokenCoordination {

  private static final Duration LONG = Duration.ofDays(1000);

  private BrokenCoordination() {}

  /** By rule: what the kit says, and how to break a good store. */
  static Map<String, Broken<CoordinationStore>> all() {
    Map<String, Broken<CoordinationStore>> all = new LinkedHashMap<>();
    addCounters(all);
    addValues(all);
    addTimes(all);
    addRuns(all);
    BrokenStates.add(all);
    BrokenCompletions.add(all);
    addParking(all);
    return all;
  }

  private static void addCounters(Map<String, Broken<CoordinationStore>> all) {
    all.put("C-1", counting("the first count", (good, key, ttl) -> count(good, key, ttl, -1)));
    all.put(
        "C-2",
        counting(
            "the answers to concurrent increments",
            (good, key, ttl) -> good.increment(key + Thread.currentThread().getName(), ttl)));
    all.put(
        "C-3", counting("the count after its time", (good, key, ttl) -> good.increment(key, LONG)));
  }

  private static CompletionStage<Long> count(
      CoordinationStore good, String key, Duration ttl, long more) {
    return good.increment(key, ttl).thenApply(number -> number + more);
  }

  private static void addValues(Map<String, Broken<CoordinationStore>> all) {
    all.put(
        "C-4",
        setting(
            "another value",
            (good, key, value, ttl) ->
                good.delete(key).thenCompose(gone -> good.setIfAbsent(key, value, ttl))));
    all.put(
        "C-5",
        setting(
            "those who were told that they stored",
            (good, key, value, ttl) -> good.setIfAbsent(key, value, ttl).thenApply(set -> true)));
    all.put(
        "C-6",
        Broken.of(
            "a value that nobody stored",
            good ->
                new ForwardingCoordinationStore(good) {
                  @Override
                  public CompletionStage<String> get(String key) {
                    return good.get(key).thenApply(value -> value == null ? "" : value);
                  }
                }));
    all.put(
        "C-7",
        Broken.of(
            "whether there was a value to remove",
            good ->
                new ForwardingCoordinationStore(good) {
                  @Override
                  public CompletionStage<Boolean> delete(String key) {
                    return good.delete(key).thenApply(gone -> true);
                  }
                }));
  }

  private static void addTimes(Map<String, Broken<CoordinationStore>> all) {
    all.put(
        "C-8",
        setting(
            "a value whose time is over has gone",
            (good, key, value, ttl) -> good.setIfAbsent(key, value, LONG)));
    all.put(
        "C-9",
        setting(
            "a value before its time is over",
            (good, key, value, ttl) -> good.setIfAbsent(key, value, Duration.ofMillis(100))));
    all.put(
        "C-10",
        Broken.of(
            "the extended value",
            good ->
                new ForwardingCoordinationStore(good) {
                  @Override
                  public CompletionStage<Boolean> extendTtl(String key, Duration ttl) {
                    return good.get(key).thenApply(value -> value != null);
                  }
                }));
    all.put(
        "C-11",
        Broken.of(
            "after the run of its name was forgotten",
            good ->
                new ForwardingCoordinationStore(good) {
                  @Override
                  public CompletionStage<Void> forget(String runId) {
                    return good.delete(runId).thenCompose(gone -> good.forget(runId));
                  }
                }));
  }

  private static void addRuns(Map<String, Broken<CoordinationStore>> all) {
    all.put(
        "C-12",
        Broken.of(
            "the verdict on an unknown run",
            good ->
                new ForwardingCoordinationStore(good) {
                  @Override
                  public CompletionStage<CompletionAnswer> complete(Completion completion) {
                    return good.open(
                            RunState.begin(completion.runId(), completion.epoch(), List.of()))
                        .thenCompose(opened -> good.complete(completion));
                  }
                }));
    all.put(
        "C-13",
        opening(
            "the progress of a new run",
            (good, run) ->
                good.open(BrokenStates.withOpen(run, List.copyOf(run.open()).subList(0, 1)))));
    all.put(
        "C-14",
        opening(
            "the progress of a run that was opened again",
            (good, run) -> good.forget(run.runId()).thenCompose(gone -> good.open(run))));
    all.put(
        "C-15",
        opening(
            "those who were told that they opened the run",
            (good, run) -> good.open(run).thenApply(BrokenCoordination::changed)));
    all.put(
        "C-16",
        opening(
            "the number after the one given to open",
            (good, run) ->
                good.open(RunState.begin(run.runId(), run.epoch(), List.copyOf(run.open())))));
    all.put(
        "C-17",
        Broken.of(
            "the verdict on a forgotten run",
            good ->
                new ForwardingCoordinationStore(good) {
                  @Override
                  public CompletionStage<Void> forget(String runId) {
                    return CompletableFuture.completedFuture(null);
                  }
                }));
    all.put(
        "C-56",
        Broken.of(
            "C-56",
            good ->
                new ForwardingCoordinationStore(good) {
                  @Override
                  public void onForgotten(Consumer<String> listener) {
                    good.onForgotten(runId -> {});
                  }
                }));
    all.put("C-18", Broken.of("a run beside one that went its way", BrokenCoordination::oneForAll));
    all.put("C-38", Broken.of("closed already", BrokenCoordination::closingOnce));
    all.put(
        "C-39",
        Broken.of(
            "after another object parked an instance",
            good -> new InMemoryCoordinationStore(new VirtualTime())));
  }

  private static void addParking(Map<String, Broken<CoordinationStore>> all) {
    all.put("C-33", parking("parking a parked instance", BrokenCoordination::changed));
    all.put("C-34", parking("parking a decided instance", BrokenCoordination::changed));
    all.put("C-35", unparking("claiming an instance that is not parked"));
    all.put("C-36", unparking("those who were told that they claimed a parked instance"));
  }

  private static RunProgress changed(RunProgress progress) {
    return new RunProgress(
        progress.known(),
        progress.sequence(),
        progress.open(),
        progress.parked(),
        progress.failed(),
        true);
  }

  private interface Counting {
    CompletionStage<Long> increment(CoordinationStore good, String key, Duration ttl);
  }

  private interface Setting {
    CompletionStage<Boolean> set(CoordinationStore good, String key, String value, Duration ttl);
  }

  interface Opening {
    CompletionStage<RunProgress> open(CoordinationStore good, RunState run);
  }

  private static Broken<CoordinationStore> counting(String words, Counting instead) {
    return Broken.of(
        words,
        good ->
            new ForwardingCoordinationStore(good) {
              @Override
              public CompletionStage<Long> increment(String key, Duration ttl) {
                return instead.increment(good, key, ttl);
              }
            });
  }

  private static Broken<CoordinationStore> setting(String words, Setting instead) {
    return Broken.of(
        words,
        good ->
            new ForwardingCoordinationStore(good) {
              @Override
              public CompletionStage<Boolean> setIfAbsent(String key, String value, Duration ttl) {
                return instead.set(good, key, value, ttl);
              }
            });
  }

  static Broken<CoordinationStore> opening(String words, Opening instead) {
    return Broken.of(
        words,
        good ->
            new ForwardingCoordinationStore(good) {
              @Override
              public CompletionStage<RunProgress> open(RunState run) {
                return instead.open(good, run);
              }
            });
  }

  static Broken<CoordinationStore> parking(String words, UnaryOperator<RunProgress> change) {
    return Broken.of(
        words,
        good ->
            new ForwardingCoordinationStore(good) {
              @Override
              public CompletionStage<RunProgress> park(String runId, long epoch, String instance) {
                return good.park(runId, epoch, instance).thenApply(change);
              }
            });
  }

  private static Broken<CoordinationStore> unparking(String words) {
    return Broken.of(
        words,
        good ->
            new ForwardingCoordinationStore(good) {
              @Override
              public CompletionStage<RunProgress> unpark(
                  String runId, long epoch, String instance) {
                return good.unpark(runId, epoch, instance).thenApply(BrokenCoordination::changed);
              }
            });
  }

  /** Forgets everything when it should forget one run. */
  private static CoordinationStore oneForAll(CoordinationStore good) {
    Map<String, Boolean> known = new LinkedHashMap<>();
    return new ForwardingCoordinationStore(good) {
      @Override
      public CompletionStage<RunProgress> open(RunState run) {
        known.put(run.runId(), true);
        return good.open(run);
      }

      @Override
      public CompletionStage<Void> forget(String runId) {
        known.keySet().forEach(good::forget);
        return good.forget(runId);
      }
    };
  }

  private static CoordinationStore closingOnce(CoordinationStore good) {
    AtomicBoolean closed = new AtomicBoolean();
    return new ForwardingCoordinationStore(good) {
      @Override
      public void close() {
        if (closed.getAndSet(true)) {
          throw new IllegalStateException("The store is closed already.");
        }
      }
    };
  }
}
