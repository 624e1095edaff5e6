package io.flowcraft.memory;

import io.flowcraft.spi.Completion;
import io.flowcraft.spi.CompletionAnswer;
import io.flowcraft.spi.CoordinationStore;
import io.flowcraft.spi.RunProgress;
import io.flowcraft.spi.RunState;
import io.flowcraft.spi.TimeSource;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A coordination store in memory. Every operation is finished when its method returns.
 *
 * <p>Closing it does nothing: what it knows stays for whoever shares it.
 */
public final class InMemoryCoordinationStore implements CoordinationStore {

  private static final CompletionStage<Void> DONE = CompletableFuture.completedFuture(null);
  private static final CompletionStage<RunProgress> UNKNOWN_PROGRESS =
      CompletableFuture.completedFuture(RunProgress.UNKNOWN);
  private static final CompletionStage<CompletionAnswer> UNKNOWN_ANSWER =
      CompletableFuture.completedFuture(CompletionAnswer.UNKNOWN_RUN);

  private final ExpiringValues values;
  private final ConcurrentHashMap<String, RunLedger> runs = new ConcurrentHashMap<>();
  private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();

  /**
   * A store that knows nothing.
   *
   * @param time decides when values expire
   */
  public InMemoryCoordinationStore(TimeSource time) {
    this.values = new ExpiringValues(time);
  }

  @Override
  public CompletionStage<Long> increment(String key, Duration ttl) {
    try {
      return CompletableFuture.completedFuture(values.increment(key, ttl));
    } catch (NumberFormatException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  @Override
  public CompletionStage<Boolean> setIfAbsent(String key, String value, Duration ttl) {
    return CompletableFuture.completedFuture(values.setIfAbsent(key, value, ttl));
  }

  @Override
  public CompletionStage<Boolean> extendTtl(String key, Duration ttl) {
    return CompletableFuture.completedFuture(values.extend(key, ttl));
  }

  @Override
  public CompletionStage<Boolean> delete(String key) {
    return CompletableFuture.completedFuture(values.delete(key));
  }

  @Override
  public CompletionStage<@Nullable String> get(String key) {
    return CompletableFuture.completedFuture(values.get(key));
  }

  @Override
  public CompletionStage<RunProgress> open(RunState run) {
    RunLedger fresh = new RunLedger(run);
    while (true) {
      RunLedger known = runs.putIfAbsent(run.runId(), fresh);
      if (known != null && known.epoch() > run.epoch()) {
        return UNKNOWN_PROGRESS;
      }
      boolean replaced =
          known != null && known.epoch() < run.epoch() && runs.replace(run.runId(), known, fresh);
      if (replaced) {
        known.forget();
      }
      boolean opened = known == null || replaced;
      RunProgress progress = (opened ? fresh : known).progress(opened);
      if (opened || (progress.known() && known.epoch() == run.epoch())) {
        return CompletableFuture.completedFuture(progress);
      }
    }
  }

  /** Everything that is known of a run; empty if nothing is. */
  public Optional<RunState> state(String runId) {
    RunLedger run = runs.get(runId);
    return run == null ? Optional.empty() : Optional.of(run.state(runId));
  }

  /** What is known of a run in an epoch; null if that is not the epoch that was opened. */
  private @Nullable RunLedger ledger(String runId, long epoch) {
    RunLedger run = runs.get(runId);
    return run == null || run.epoch() != epoch ? null : run;
  }

  @Override
  public CompletionStage<CompletionAnswer> complete(Completion completion) {
    RunLedger run = ledger(completion.runId(), completion.epoch());
    CompletionAnswer answer = run == null ? null : run.complete(completion);
    return answer == null ? UNKNOWN_ANSWER : CompletableFuture.completedFuture(answer);
  }

  @Override
  public CompletionStage<RunProgress> park(String runId, long epoch, String instance) {
    RunLedger run = ledger(runId, epoch);
    return run == null
        ? UNKNOWN_PROGRESS
        : CompletableFuture.completedFuture(run.setParked(instance, true));
  }

  @Override
  public CompletionStage<RunProgress> unpark(String runId, long epoch, String instance) {
    RunLedger run = ledger(runId, epoch);
    return run == null
        ? UNKNOWN_PROGRESS
        : CompletableFuture.completedFuture(run.setParked(instance, false));
  }

  @Override
  public CompletionStage<Void> forget(String runId) {
    RunLedger run = runs.remove(runId);
    if (run != null) {
      run.forget();
    }
    listeners.forEach(listener -> listener.accept(runId));
    return DONE;
  }

  @Override
  public void onForgotten(Consumer<String> listener) {
    listeners.add(listener);
  }

  @Override
  public void close() {}
}
