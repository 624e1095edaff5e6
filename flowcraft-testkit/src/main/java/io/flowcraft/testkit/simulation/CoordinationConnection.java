package io.flowcraft.testkit.simulation;

import io.flowcraft.spi.Completion;
import io.flowcraft.spi.CompletionAnswer;
import io.flowcraft.spi.CoordinationStore;
import io.flowcraft.spi.RunProgress;
import io.flowcraft.spi.RunState;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The coordination store as a process reaches it. */
final class CoordinationConnection implements CoordinationStore {

  static final String COORDINATION = "coordination";

  private final Connection connection;
  private final CoordinationStore store;

  CoordinationConnection(Connection connection, CoordinationStore store) {
    this.connection = connection;
    this.store = store;
  }

  @Override
  public CompletionStage<Long> increment(String key, Duration ttl) {
    return connection.call(COORDINATION, () -> "increment " + key, () -> store.increment(key, ttl));
  }

  @Override
  public CompletionStage<Boolean> setIfAbsent(String key, String value, Duration ttl) {
    return connection.call(
        COORDINATION, () -> "set if absent " + key, () -> store.setIfAbsent(key, value, ttl));
  }

  @Override
  public CompletionStage<Boolean> extendTtl(String key, Duration ttl) {
    return connection.call(COORDINATION, () -> "extend " + key, () -> store.extendTtl(key, ttl));
  }

  @Override
  public CompletionStage<Boolean> delete(String key) {
    return connection.call(COORDINATION, () -> "delete " + key, () -> store.delete(key));
  }

  @Override
  public CompletionStage<@Nullable String> get(String key) {
    return connection.ask(COORDINATION, () -> "get " + key, () -> store.get(key));
  }

  @Override
  public CompletionStage<RunProgress> open(RunState run) {
    return connection.call(COORDINATION, () -> Words.of(run), () -> store.open(run));
  }

  @Override
  public CompletionStage<CompletionAnswer> complete(Completion completion) {
    return connection.call(
        COORDINATION, () -> Words.of(completion), () -> store.complete(completion));
  }

  @Override
  public CompletionStage<RunProgress> park(String runId, long epoch, String instance) {
    if (instance.isEmpty()) {
      return connection.ask(
          COORDINATION,
          () -> "ask how far " + Words.of(runId, epoch) + " is",
          () -> store.park(runId, epoch, instance));
    }
    return connection.call(
        COORDINATION,
        () -> "park " + Words.of(runId, epoch) + " " + instance,
        () -> store.park(runId, epoch, instance));
  }

  @Override
  public CompletionStage<RunProgress> unpark(String runId, long epoch, String instance) {
    return connection.call(
        COORDINATION,
        () -> "unpark " + Words.of(runId, epoch) + " " + instance,
        () -> store.unpark(runId, epoch, instance));
  }

  @Override
  public CompletionStage<Void> forget(String runId) {
    return connection.call(COORDINATION, () -> "forget " + runId, () -> store.forget(runId));
  }

  @Override
  public void close() {}
}
