package io.flowcraft.testkit.simulation;

import io.flowcraft.memory.InMemoryCoordinationStore;
import io.flowcraft.spi.Completion;
import io.flowcraft.spi.CompletionAnswer;
import io.flowcraft.spi.CoordinationStore;
import io.flowcraft.spi.RunProgress;
import io.flowcraft.spi.RunState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The coordination store that all processes share, with the ways in which it forgets. */
final class Coordination implements CoordinationStore {

  private final Host clock;
  private final Keys keys;
  private final TreeSet<String> known = new TreeSet<>();
  private final BiConsumer<Optional<RunState>, RunState> opened;
  private InMemoryCoordinationStore runs;

  Coordination(World world) {
    this(world, (before, now) -> {});
  }

  /**
   * A store.
   *
   * @param opened is told of each run that is opened, and what was known of it before
   */
  Coordination(World world, BiConsumer<Optional<RunState>, RunState> opened) {
    this.opened = opened;
    this.clock = new Host("coordination", world, Duration.ZERO);
    this.keys = new Keys(world);
    this.runs = new InMemoryCoordinationStore(clock);
  }

  /** Whether an instance is known to be parked in an epoch. */
  boolean isParked(String runId, long epoch, String instance) {
    RunState run = runs.state(runId).orElse(null);
    return run != null && run.epoch() == epoch && run.parked().contains(instance);
  }

  /** Everything is lost. */
  void loseEverything() {
    loseRuns();
    keys.clear();
  }

  /** The plain values are lost: leases, and requests to stop. */
  void loseKeys() {
    keys.clear();
  }

  private void loseRuns() {
    runs = new InMemoryCoordinationStore(clock);
    known.clear();
  }

  /** What is known of one run is lost. */
  void loseRun(Choices choices) {
    if (!known.isEmpty()) {
      List<String> ids = new ArrayList<>(known);
      runs.forget(ids.get(choices.among(ids.size())));
    }
  }

  /** Values are as they were before; runs, which can't be trusted then, are unknown. */
  void goBack(Choices choices) {
    loseRuns();
    if (keys.states() > 0) {
      keys.goBack(choices.among(keys.states()));
    }
  }

  @Override
  public CompletionStage<Long> increment(String key, Duration ttl) {
    return CompletableFuture.completedFuture(keys.increment(key, ttl));
  }

  @Override
  public CompletionStage<Boolean> setIfAbsent(String key, String value, Duration ttl) {
    return CompletableFuture.completedFuture(keys.setIfAbsent(key, value, ttl));
  }

  @Override
  public CompletionStage<Boolean> extendTtl(String key, Duration ttl) {
    return CompletableFuture.completedFuture(keys.extend(key, ttl));
  }

  @Override
  public CompletionStage<Boolean> delete(String key) {
    return CompletableFuture.completedFuture(keys.delete(key));
  }

  @Override
  public CompletionStage<@Nullable String> get(String key) {
    return CompletableFuture.completedFuture(keys.get(key));
  }

  @Override
  public CompletionStage<RunProgress> open(RunState run) {
    known.add(run.runId());
    opened.accept(runs.state(run.runId()), run);
    return runs.open(run);
  }

  @Override
  public CompletionStage<CompletionAnswer> complete(Completion completion) {
    return runs.complete(completion);
  }

  @Override
  public CompletionStage<RunProgress> park(String runId, long epoch, String instance) {
    return runs.park(runId, epoch, instance);
  }

  @Override
  public CompletionStage<RunProgress> unpark(String runId, long epoch, String instance) {
    return runs.unpark(runId, epoch, instance);
  }

  @Override
  public CompletionStage<Void> forget(String runId) {
    known.remove(runId);
    return runs.forget(runId);
  }

  @Override
  public void close() {}
}
