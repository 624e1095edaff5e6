package io.flowcraft.spi;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Takes the decisions that must be atomic. It is fast and may be lost: what it knows of a run can
 * be rebuilt from the context store, and a run that it does not know is answered as unknown, never
 * as empty.
 *
 * <p>All methods may be called from any thread, do not block, and are atomic per key or per run.
 * The rules are numbered C-1 and following in {@code docs/spi-contract.md}.
 */
public interface CoordinationStore extends AutoCloseable {

  /**
   * Adds one to a counter, which begins at zero, and renews its time to live.
   *
   * @return the new value
   */
  CompletionStage<Long> increment(String key, Duration ttl);

  /**
   * Stores a value if there is none.
   *
   * @return whether it was stored
   */
  CompletionStage<Boolean> setIfAbsent(String key, String value, Duration ttl);

  /**
   * Renews the time to live of a value.
   *
   * @return whether there was a value
   */
  CompletionStage<Boolean> extendTtl(String key, Duration ttl);

  /**
   * Removes a value.
   *
   * @return whether there was a value
   */
  CompletionStage<Boolean> delete(String key);

  /** The value under a key, or null. */
  CompletionStage<@Nullable String> get(String key);

  /**
   * Makes a run known as it is. A run that is known in the same or a later epoch stays as it is; of
   * an earlier epoch nothing is left.
   *
   * @return the progress in that epoch; changed if the run was unknown before, unknown if a later
   *     epoch is known
   */
  CompletionStage<RunProgress> open(RunState run);

  /**
   * Decides a node instance, once. If the token is the first for the instance: the instance is no
   * longer open, each arrival is added to the set of its join, unless that edge has arrived before,
   * and the targets of the joins that are decided now become open, each once. In another epoch than
   * the one that was opened the run is unknown.
   */
  CompletionStage<CompletionAnswer> complete(Completion completion);

  /**
   * Marks an open instance as parked: it waits for a timer or for the outside.
   *
   * @return the progress; changed if the instance was open and not parked
   */
  CompletionStage<RunProgress> park(String runId, long epoch, String instance);

  /**
   * Claims a parked instance: of several callers one sees a change.
   *
   * @return the progress; changed if the instance was parked
   */
  CompletionStage<RunProgress> unpark(String runId, long epoch, String instance);

  /** Lets go of everything that is known of a run. Idempotent. */
  CompletionStage<Void> forget(String runId);

  /**
   * Has a listener told of each run that is forgotten, by whichever process: mostly it has ended,
   * and whoever waits for it need not ask again and again. A notice is a hint: it may come late,
   * twice, or not at all, and a store that can't tell others tells nobody, as this method does.
   *
   * @param listener gets the id of the run, on a thread of the store, and must not block; it is
   *     told until the store is closed
   */
  default void onForgotten(Consumer<String> listener) {}

  /** Lets go of all resources; a second call does nothing. */
  @Override
  void close();
}
