package io.flowcraft.chaos;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flowcraft.error.ErrorCode;
import io.flowcraft.error.FlowcraftException;
import io.flowcraft.spi.ContextStore;
import io.flowcraft.spi.RunRecord;
import io.flowcraft.testservers.RedisServer;
import io.flowcraft.testservers.TestServers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Three worker processes, and many runs with joins. In the middle one worker is killed, one stands
 * still for longer than every lease holds, and Redis loses everything.
 */
class ClusterTest {

  private static final int RUNS = Integer.getInteger("flowcraft.cluster.runs", 1_000);
  private static final int WINDOW = 100;
  private static final int STARTERS = 16;
  private static final int OPEN = 128;
  private static final Duration LOOK = Duration.ofMillis(250);
  private static final int TWICE = 10;
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration LONGER_THAN_ANY_LEASE = Worker.LEASE.multipliedBy(4);
  private static final Map<String, Object> INPUT = Map.of("of", "cluster");

  private final Deque<String> pending = new ConcurrentLinkedDeque<>();
  private final Semaphore room = new Semaphore(OPEN);
  private int ended;
  private final ExecutorService threads = Executors.newCachedThreadPool();

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  @Test
  void nothingIsLostAndNothingIsRecordedTwice() throws Exception {
    try (RedisServer redis = new RedisServer()) {
      redis.start();
      Map<String, String> properties =
          Settings.of(TestServers.kafka(), TestServers.cassandra(), redis.address());
      try (Client client = new Client(properties);
          Workers workers = new Workers(3, properties)) {
        long begun = System.nanoTime();
        Map<String, Scenario> runs = new LinkedHashMap<>();
        for (int i = 0; i < RUNS; i++) {
          runs.put("run-" + i, Scenario.FAN);
        }
        Future<?> started = threads.submit(() -> startAll(client, List.copyOf(runs.keySet())));

        awaitEnded(client, RUNS / 5);
        tell("are begun; two workers are lost after", begun);
        workers.get(0).kill();
        workers.get(1).pause();
        CompletableFuture<Void> continued =
            CompletableFuture.runAsync(
                workers.get(1)::resume,
                CompletableFuture.delayedExecutor(
                    LONGER_THAN_ANY_LEASE.toMillis(), TimeUnit.MILLISECONDS));
        awaitEnded(client, RUNS * 2 / 5);
        tell("are begun; Redis is flushed after", begun);
        Redis.flush(redis.address());
        awaitEnded(client, RUNS);
        tell("ended after", begun);
        started.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        continued.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);

        assertThat(workers.get(0).isAlive()).isFalse();
        assertThat(workers.get(1).isAlive()).isTrue();
        Audit audit = new Audit(client);
        audit.examine(runs);
        assertThat(audit.findings()).isEmpty();
        assertThat(audit.outcomes()).isEqualTo(RUNS * 5);
        startingAgainStartsNothing(client, "run-0");
        tell("checked after", begun);
      }
    }
  }

  private static void tell(String what, long begun) {
    double seconds = (System.nanoTime() - begun) / 1e9;
    System.out.printf("cluster: %,d runs %s %.1f s, %.0f/s%n", RUNS, what, seconds, RUNS / seconds);
  }

  /** Every tenth run is started by two at the same time. */
  private Void startAll(Client client, List<String> runIds) throws InterruptedException {
    List<CompletableFuture<Void>> all = new ArrayList<>();
    ExecutorService starters = Executors.newFixedThreadPool(STARTERS);
    try {
      for (int i = 0; i < runIds.size(); i++) {
        room.acquire();
        String runId = runIds.get(i);
        Runnable start = () -> client.start(Scenario.FAN, runId, INPUT, PATIENCE);
        all.add(CompletableFuture.runAsync(start, starters));
        if (i % TWICE == 0) {
          all.add(CompletableFuture.runAsync(start, starters));
        }
        pending.add(runId);
      }
      all.forEach(CompletableFuture::join);
    } finally {
      starters.shutdownNow();
    }
    return null;
  }

  /** Waits until so many runs have ended. */
  private void awaitEnded(Client client, int count) throws Exception {
    long end = System.nanoTime() + PATIENCE.toNanos();
    CountDownLatch never = new CountDownLatch(1);
    while (ended < count) {
      int more = removeEnded(client.store());
      ended += more;
      room.release(more);
      if (more < WINDOW / 2 && never.await(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new AssertionError();
      }
      if (System.nanoTime() > end) {
        String stuck = pending.stream().limit(3).map(client::explain).collect(joining("; "));
        throw new TimeoutException(ended + " runs have ended, and no more do: " + stuck);
      }
    }
  }

  /** Looks at the oldest runs; how many of them have ended. */
  private int removeEnded(ContextStore store) {
    Map<String, CompletableFuture<Optional<RunRecord>>> answers = new LinkedHashMap<>();
    pending.stream()
        .limit(WINDOW)
        .forEach(runId -> answers.put(runId, store.find(runId).toCompletableFuture()));
    answers
        .values()
        .removeIf(answer -> answer.join().filter(run -> run.status().isFinal()).isEmpty());
    pending.removeAll(answers.keySet());
    return answers.size();
  }

  private static void startingAgainStartsNothing(Client client, String runId) {
    Optional<RunRecord> before = client.find(runId, PATIENCE);
    client.start(Scenario.FAN, runId, INPUT, PATIENCE);
    assertThatThrownBy(
            () -> client.start(Scenario.FAN, runId, Map.of("of", "somebody else"), PATIENCE))
        .isInstanceOfSatisfying(
            FlowcraftException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.RUN_CONFLICT));
    assertThat(client.find(runId, PATIENCE).map(RunRecord::token))
        .isEqualTo(before.map(RunRecord::token));
    assertThat(client.read(runId, PATIENCE).outcomes()).hasSize(5);
  }
}
