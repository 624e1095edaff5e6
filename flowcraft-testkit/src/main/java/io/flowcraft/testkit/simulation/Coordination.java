package io.flowcraft.testkit.simulation;

import io.flowcraft.memory.InMemoryCoordinationStore;
import io.flowcraft.spi.Completion;
import io.flowcraft.spi.CompletionAnswer;
import io.flowcraft.spi.CompletionAnswer.Verdict;
import io.flowcraft.spi.CoordinationStore;
import io.flowcraft.spi.RunProgress;
import io.flowcraft.spi.RunState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
  private final Set<Doubt> doubted = new HashSet<>();
  private final BiConsumer<Optional<RunState>, RunState> opened;
  private InMemoryCoordinationStore runs;

  Coordination(World world) {
    this(world, (before, now) -> {});
  }

  /**
   * A store.
   *
   * @param opened is told of each run that is opened, and what was known of it before, if nobody
   *     was told that it is unknown: whoever was may begin it anew
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

  /** Whether somebody shows that it executes something. */
  boolean isAnythingLeased() {
    return keys.hasAny("lease/");
  }

  /** Somebody was told that an epoch of a run is not known. */
  private record Doubt(String runId, long epoch) {}

  private void doubt(boolean known, String runId, long epoch) {
    if (!known) {
      doubted.add(new Doubt(runId, epoch));
    }
  }

  private CompletionStage<RunProgress> told(
      String runId, long epoch, CompletionStage<RunProgress> answer) {
    doubt(answer.toCompletableFuture().join().known(), runId, epoch);
    return answer;
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
    Optional<RunState> before = runs.state(run.runId());
    if (before.isEmpty() || !doubted.contains(new Doubt(run.runId(), before.get().epoch()))) {
      opened.accept(before, run);
    }
    return runs.open(run);
  }

  @Override
  public CompletionStage<CompletionAnswer> complete(Completion completion) {
    CompletionStage<CompletionAnswer> answer = runs.complete(completion);
    doubt(
        answer.toCompletableFuture().join().verdict() != Verdict.UNKNOWN,
        completion.runId(),
        completion.epoch());
    return answer;
  }

  @Override
  public CompletionStage<RunProgress> park(String runId, long epoch, String instance) {
    return told(runId, epoch, runs.park(runId, epoch, instance));
  }

  @Override
  public CompletionStage<RunProgress> unpark(String runId, long epoch, String instance) {
    return told(runId, epoch, runs.unpark(runId, epoch, instance));
  }

  @Override
  public CompletionStage<Void> forget(String runId) {
    known.remove(runId);
    return runs.forget(runId);
  }

  @Override
  public void close() {}
}
