package io.flowcraft.state.cassandra;

import io.flowcraft.spi.Outcome;
import io.flowcraft.spi.RunRecord;
import io.flowcraft.spi.RunSlice;
import io.flowcraft.spi.TimeSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the runs of which something is due, and tidies up hints at what has happened. */
final class Wakings {

  private static final Logger log = LoggerFactory.getLogger(Wakings.class);

  private static final int AT_A_TIME = 32;
  private static final int REMEMBERED = 100_000;
  private static final long PAUSE_MILLIS = 10_000;
  private static final long REST_MILLIS = 30_000;

  private final RunTable runs;
  private final WakeHints hints;
  private final Slices slices;
  private final TimeSource time;
  private final Function<Stored, CompletionStage<Void>> delete;
  private final long retentionMillis;
  private final Recent<Long, Boolean> over = new Recent<>(REMEMBERED);
  private final AtomicBoolean tidying = new AtomicBoolean();
  private volatile long tidiedAt;

  Wakings(
      RunTable runs,
      WakeHints hints,
      Slices slices,
      TimeSource time,
      long retentionMillis,
      Function<Stored, CompletionStage<Void>> delete) {
    this.runs = runs;
    this.hints = hints;
    this.slices = slices;
    this.time = time;
    this.retentionMillis = retentionMillis;
    this.delete = delete;
  }

  /** The runs of which something is due at a time. */
  CompletionStage<List<RunRecord>> due(long millis) {
    return hints
        .until(millis)
        .thenApply(found -> byRun(found, true))
        .thenCompose(
            byRun ->
                Async.each(
                    byRun.entrySet(),
                    AT_A_TIME,
                    run -> dueOf(run.getKey(), run.getValue(), millis)))
        .thenApply(found -> found.stream().flatMap(Optional::stream).toList());
  }

  private Map<String, List<WakeHints.Hint>> byRun(List<WakeHints.Hint> found, boolean toWake) {
    Map<String, List<WakeHints.Hint>> byRun = new LinkedHashMap<>();
    for (WakeHints.Hint hint : found) {
      boolean skipped =
          toWake && (hint.wake().kind().equals(WakeHints.EXPIRY) || over.get(hint.nonce()) != null);
      if (!skipped) {
        byRun.computeIfAbsent(hint.wake().runId(), id -> new ArrayList<>()).add(hint);
      }
    }
    return byRun;
  }

  private CompletionStage<Optional<RunRecord>> dueOf(
      String runId, List<WakeHints.Hint> found, long millis) {
    return examine(runId, found)
        .thenApply(
            examined ->
                examined.alive().stream().anyMatch(hint -> hint.wake().wakeAt() <= millis)
                    ? examined.run().map(Stored::record)
                    : Optional.empty());
  }

  /**
   * What became of hints at one run.
   *
   * @param run the run, if it is there
   * @param alive the hints that hold
   */
  private record Examined(Optional<Stored> run, List<WakeHints.Hint> alive) {}

  private CompletionStage<Examined> examine(String runId, List<WakeHints.Hint> found) {
    return runs.find(runId)
        .thenCompose(
            run -> {
              if (run.isEmpty()) {
                return Async.of(new Examined(run, List.of()));
              }
              List<String> instances = new ArrayList<>();
              if (!run.get().record().status().isFinal()) {
                for (WakeHints.Hint hint : found) {
                  if (hint.wake().kind().equals(WakeHints.TIMER)) {
                    instances.add(hint.wake().instance());
                  }
                }
              }
              return (instances.isEmpty()
                      ? Async.of(Optional.<RunSlice>empty())
                      : slices.outcomes(run.get(), instances))
                  .thenApply(slice -> new Examined(run, alive(run.get(), slice, found)));
            });
  }

  private List<WakeHints.Hint> alive(
      Stored run, Optional<RunSlice> slice, List<WakeHints.Hint> found) {
    List<WakeHints.Hint> alive = new ArrayList<>();
    boolean ended = run.record().status().isFinal();
    for (WakeHints.Hint hint : found) {
      WakeHints.Wake wake = hint.wake();
      Outcome outcome = slice.map(there -> there.outcomes().get(wake.instance())).orElse(null);
      boolean holds =
          switch (wake.kind()) {
            case WakeHints.TIMER ->
                !ended
                    && outcome != null
                    && Objects.equals(outcome.wakeUpAtMillis(), wake.wakeAt());
            case WakeHints.DEADLINE ->
                !ended && Objects.equals(run.record().stopAtMillis(), wake.wakeAt());
            default -> ended && run.record().updatedAtMillis() + retentionMillis == wake.wakeAt();
          };
      if (holds) {
        alive.add(hint);
      } else if (ended || outcome != null) {
        // Each beginning and each parking has a hint of its own, so this one is over for good.
        over.put(hint.nonce(), true);
      }
    }
    return alive;
  }

  /** Tidies up, apart and not all the time. */
  void tidySoon() {
    long now = time.millis();
    if (now - tidiedAt < PAUSE_MILLIS || !tidying.compareAndSet(false, true)) {
      return;
    }
    tidiedAt = now;
    tidy(now - REST_MILLIS)
        .whenComplete(
            (done, error) -> {
              tidying.set(false);
              if (error != null) {
                log.debug("Hints at timers were not tidied up; it is tried again.", error);
              }
            });
  }

  /** Leaves the hints before a time behind; those that still hold are moved on. */
  CompletionStage<Void> tidy(long until) {
    return hints
        .bounds()
        .thenCompose(
            now -> {
              if (until <= now.floor()) {
                return Async.DONE;
              }
              return hints
                  .raiseGate(until)
                  .thenCompose(done -> hints.read(now.floor(), until - 1))
                  .thenCompose(
                      found ->
                          Async.every(
                              byRun(found, false).entrySet(),
                              AT_A_TIME,
                              run -> moveOn(run.getKey(), run.getValue())))
                  .thenCompose(done -> hints.raiseFloor(now.floor(), until));
            });
  }

  private CompletionStage<Void> moveOn(String runId, List<WakeHints.Hint> found) {
    return examine(runId, found)
        .thenCompose(
            examined -> {
              List<WakeHints.Wake> kept = new ArrayList<>();
              boolean expired = false;
              for (WakeHints.Hint hint : examined.alive()) {
                boolean due = hint.wake().wakeAt() <= time.millis();
                if (due && hint.wake().kind().equals(WakeHints.EXPIRY)) {
                  expired = true;
                } else {
                  kept.add(hint.wake());
                }
              }
              return expired && examined.run().isPresent()
                  ? delete.apply(examined.run().get())
                  : hints.around(kept, () -> Async.DONE);
            });
  }
}
