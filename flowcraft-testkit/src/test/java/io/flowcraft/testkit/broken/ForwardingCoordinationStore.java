package io.flowcraft.testkit.broken;

import io.flowcraft.spi.Completion;
import io.flowcraft.spi.CompletionAnswer;
import io.flowcraft.spi.CoordinationStore;
import io.flowcraft.spi.RunProgress;
import io.flowcraft.spi.RunState;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** Does what another store does, until somebody overrides something. */
class ForwardingCoordinationStore implements CoordinationStore {

  final CoordinationStore store;

  ForwardingCoordinationStore(CoordinationStore store) {
    this.store = store;
  }

  @Override
  public CompletionStage<Long> increment(String key, Duration ttl) {
    return store.increment(key, ttl);
  }

  @Override
  public CompletionStage<Boolean> setIfAbsent(String key, String value, Duration ttl) {
    return store.setIfAbsent(key, value, ttl);
  }

  @Override
  public CompletionStage<Boolean> extendTtl(String key, Duration ttl) {
    return store.extendTtl(key, ttl);
  }

  @Override
  public CompletionStage<Boolean> delete(String key) {
    return store.delete(key);
  }

  @Override
  public CompletionStage<String> get(String key) {
    return store.get(key);
  }

  @Override
  public CompletionStage<RunProgress> open(RunState run) {
    return store.open(run);
  }

  @Override
  public CompletionStage<CompletionAnswer> complete(Completion completion) {
    return store.complete(completion);
  }

  @Override
  public CompletionStage<RunProgress> park(String runId, long epoch, String instance) {
    return store.park(runId, epoch, instance);
  }

  @Override
  public CompletionStage<RunProgress> unpark(String runId, long epoch, String instance) {
    return store.unpark(runId, epoch, instance);
  }

  @Override
  public CompletionStage<Void> forget(String runId) {
    return store.forget(runId);
  }

  @Override
  public void onForgotten(Consumer<String> listener) {
    store.onForgotten(listener);
  }

  @Override
  public void close() {
    store.close();
  }
}
