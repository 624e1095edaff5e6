package io.flowcraft.coord.redis;

import io.flowcraft.coord.redis.internal.CallIds;
import io.flowcraft.coord.redis.internal.Keys;
import io.flowcraft.coord.redis.internal.RunCalls;
import io.flowcraft.coord.redis.internal.Scripts;
import io.flowcraft.coord.redis.internal.ServerCheck;
import io.flowcraft.coord.redis.internal.ValueCalls;
import io.flowcraft.spi.Completion;
import io.flowcraft.spi.CompletionAnswer;
import io.flowcraft.spi.CoordinationStore;
import io.flowcraft.spi.RunProgress;
import io.flowcraft.spi.RunState;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.redisson.api.RedissonClient;

/**
 * A coordination store on Redis 6 or later, alone, with replicas or as a cluster.
 *
 * <p>All objects with one prefix on one Redis are the same store. No method blocks; stages complete
 * on threads of the Redis client, where continuations must not block. A call that gets no answer is
 * sent again, as often and for as long as {@link RedisSettings} say; then its stage completes with
 * a {@link io.flowcraft.error.FlowcraftException} of code {@link
 * io.flowcraft.error.ErrorCode#BACKEND}, and it may have taken effect or not.
 *
 * <p>Redis may lose everything, or a replica that lagged may take over: each run carries a mark of
 * the server's history, and is answered as unknown under another one (rule C-55). Runs that nobody
 * asks for are forgotten after {@link RedisSettings#runTimeToLive()}, which costs a rebuild if they
 * go on later, and nothing else.
 */
public final class RedisCoordinationStore implements CoordinationStore {

  private final RedissonClient client;
  private final boolean owned;
  private final RunCalls runs;
  private final ValueCalls values;
  private final AtomicBoolean closed = new AtomicBoolean();

  private RedisCoordinationStore(
      RedissonClient client, boolean owned, RunCalls runs, ValueCalls values) {
    this.client = client;
    this.owned = owned;
    this.runs = runs;
    this.values = values;
  }

  /**
   * Connects, and asks the server whether it can be relied on. Blocks until that is known.
   *
   * @throws io.flowcraft.error.FlowcraftException if the server can't be reached or used
   */
  public static RedisCoordinationStore open(RedisSettings settings) {
    return open(Clients.connect(settings), true, settings);
  }

  /**
   * Uses a client that is there already, which the caller closes after this store. Blocks until the
   * server has answered.
   *
   * @param client any of Redisson's modes; its codec does not matter, its timeouts count
   * @param settings the prefix and the time to live of runs count
   * @throws io.flowcraft.error.FlowcraftException if the server can't be used
   */
  public static RedisCoordinationStore open(RedissonClient client, RedisSettings settings) {
    return open(client, false, settings);
  }

  private static RedisCoordinationStore open(
      RedissonClient client, boolean owned, RedisSettings settings) {
    Scripts scripts = new Scripts(client);
    Keys keys = new Keys(settings.keyPrefix());
    CallIds ids = new CallIds();
    RedisCoordinationStore store =
        new RedisCoordinationStore(
            client,
            owned,
            new RunCalls(scripts, keys, ids, settings.runTimeToLive()),
            new ValueCalls(scripts, keys, ids));
    try {
      ServerCheck.run(scripts, keys);
      return store;
    } catch (RuntimeException e) {
      store.close();
      throw e;
    }
  }

  @Override
  public CompletionStage<Long> increment(String key, Duration ttl) {
    return values.increment(key, ttl);
  }

  @Override
  public CompletionStage<Boolean> setIfAbsent(String key, String value, Duration ttl) {
    return values.setIfAbsent(key, value, ttl);
  }

  @Override
  public CompletionStage<Boolean> extendTtl(String key, Duration ttl) {
    return values.extend(key, ttl);
  }

  @Override
  public CompletionStage<Boolean> delete(String key) {
    return values.delete(key);
  }

  @Override
  public CompletionStage<@Nullable String> get(String key) {
    return values.get(key);
  }

  @Override
  public CompletionStage<RunProgress> open(RunState run) {
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
    return runs.forget(runId);
  }

  /** Closes the connections, unless the client is the caller's. */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true) && owned) {
      client.shutdown(0, 2, java.util.concurrent.TimeUnit.SECONDS);
    }
  }
}
