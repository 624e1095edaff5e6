package io.flowcraft.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowcraft.run.NodeStatus;
import io.flowcraft.run.RunStatus;
import io.flowcraft.spi.ContextStore;
import io.flowcraft.spi.Outcome;
import io.flowcraft.spi.RunSlice;
import io.flowcraft.spi.Selection;
import io.flowcraft.testservers.RedisServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * Three worker processes, ten thousand runs with joins. In the middle one worker is killed, one
 * stands still for longer than every lease holds, and Redis loses everything.
 */
class ClusterTest {

  private static final int RUNS = Integer.getInteger("flowcraft.cluster.runs", 10_000);
  private static final int WINDOW = 100;
  private static final int STARTERS = 16;
  private static final long PATIENCE_SECONDS = 240;
  private static final int FIRST_FAULTS = RUNS / 5;
  private static final int SECOND_FAULT = RUNS * 2 / 5;

  private final Deque<String> pending = new ArrayDeque<>();
  private final AtomicInteger faults = new AtomicInteger();
  private final CompletableFuture<Integer> continued = new CompletableFuture<>();
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private final ScheduledExecutorService clock = Executors.newScheduledThreadPool(2);

  @Test
  void nothingIsLostAndNothingIsRecordedTwice() throws Exception {
    try (RedisServer redis = new RedisServer()) {
      redis.start();
      Map<String, String> properties = Stack.SHARE_GROUPS.properties(Crews.space("cluster"));
      properties.put("flowcraft.redis.uri", redis.address());
      try (ClusterClient client = new ClusterClient(properties);
          Workers workers = new Workers(3, properties)) {
        List<Future<?>> started = startAll(client);
        Future<?> looking =
            clock.scheduleWithFixedDelay(
                () -> look(client.store(), workers, redis), 0, 100, TimeUnit.MILLISECONDS);
        for (Future<?> start : started) {
          start.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }
        ended.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        looking.cancel(false);
        continued.get(PATIENCE_SECONDS, TimeUnit.SECONDS);

        assertThat(faults).hasValue(3);
        assertThat(workers.isAlive(0)).isFalse();
        assertThat(workers.isAlive(1)).isTrue();
        assertThat(findings(client.store())).isEmpty();
      }
    } finally {
      clock.shutdownNow();
    }
  }

  private static String id(int run) {
    return "run-" + run;
  }

  /** The faults may come while runs are still being started. */
  private List<Future<?>> startAll(ClusterClient client) {
    var starters = Executors.newFixedThreadPool(STARTERS);
    List<Future<?>> started = new ArrayList<>();
    for (int i = 0; i < RUNS; i++) {
      String runId = id(i);
      pending.add(runId);
      started.add(starters.submit(() -> client.start(runId)));
    }
    starters.shutdown();
    return started;
  }

  /** Looks at the oldest runs, and brings the faults about when it is time. */
  private void look(ContextStore store, Workers workers, RedisServer redis) {
    try {
      boolean more = true;
      while (more && !pending.isEmpty()) {
        List<String> oldest = pending.stream().limit(WINDOW).toList();
        List<CompletableFuture<Boolean>> answers =
            oldest.stream().map(runId -> isEnded(store, runId)).toList();
        more = true;
        for (int i = 0; i < oldest.size(); i++) {
          boolean isEnded = answers.get(i).join();
          more &= isEnded;
          if (isEnded) {
            pending.remove(oldest.get(i));
          }
        }
        disturb(RUNS - pending.size(), workers, redis);
      }
      if (pending.isEmpty()) {
        ended.complete(null);
      }
    } catch (RuntimeException e) {
      ended.completeExceptionally(e);
    }
  }

  private static CompletableFuture<Boolean> isEnded(ContextStore store, String runId) {
    return store
        .find(runId)
        .thenApply(run -> run.isPresent() && run.get().status().isFinal())
        .toCompletableFuture();
  }

  private void disturb(int done, Workers workers, RedisServer redis) {
    if (done >= FIRST_FAULTS && faults.compareAndSet(0, 2)) {
      workers.kill(0);
      workers.signal(1, "STOP");
      continued
          .completeAsync(
              () -> workers.signal(1, "CONT"),
              CompletableFuture.delayedExecutor(
                  4 * ClusterWorker.LEASE.toMillis(), TimeUnit.MILLISECONDS))
          .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
    if (done >= SECOND_FAULT && flushed.compareAndSet(false, true)) {
      flush(URI.create(redis.address()));
      faults.incrementAndGet();
    }
  }

  private final AtomicBoolean flushed = new AtomicBoolean();

  private static void flush(URI redis) {
    try (Socket socket = new Socket(redis.getHost(), redis.getPort())) {
      socket.getOutputStream().write("FLUSHALL\r\n".getBytes(StandardCharsets.US_ASCII));
      byte[] answer = socket.getInputStream().readNBytes(3);
      assertThat(new String(answer, StandardCharsets.US_ASCII)).isEqualTo("+OK");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What is wrong with the runs, as they are stored. */
  private static List<String> findings(ContextStore store) {
    List<String> findings = new ArrayList<>();
    for (int from = 0; from < RUNS; from += WINDOW) {
      Map<String, CompletableFuture<List<String>>> checks = new LinkedHashMap<>();
      for (int run = from; run < from + WINDOW; run++) {
        checks.put(id(run), check(store, id(run)));
      }
      checks.forEach(
          (runId, check) -> check.join().forEach(found -> findings.add(runId + ": " + found)));
    }
    return findings;
  }

  private static CompletableFuture<List<String>> check(ContextStore store, String runId) {
    return store
        .find(runId)
        .thenCombine(
            store.read(runId, Selection.ALL),
            (run, slice) -> {
              List<String> found = new ArrayList<>();
              if (run.isEmpty() || run.get().status() != RunStatus.COMPLETED) {
                found.add("is " + run.map(r -> r.status().name()).orElse("lost"));
              }
              check(slice, found);
              return found;
            })
        .toCompletableFuture();
  }

  private static void check(RunSlice slice, List<String> found) {
    Map<String, Map<?, ?>> outputs = new LinkedHashMap<>();
    for (Outcome outcome : slice.outcomes().values()) {
      if (outcome.status() != NodeStatus.COMPLETED) {
        found.add(outcome.instance() + " is " + outcome.status());
      }
      if (outcome.output() != null && outcome.output().value() instanceof Map<?, ?> output) {
        outputs.put(outcome.instance(), output);
      }
    }
    if (outputs.size() != ClusterFlow.WIDTH + 2) {
      found.add("has outputs of " + outputs.keySet());
      return;
    }
    for (int i = 0; i < ClusterFlow.WIDTH; i++) {
      requireBuiltOn(outputs, "n" + i, "from", found);
      requireBuiltOn(outputs, "join", "n" + i, found);
    }
  }

  /** Whoever built on a result built on the one that is recorded. */
  private static void requireBuiltOn(
      Map<String, Map<?, ?>> outputs, String node, String source, List<String> found) {
    Object built = outputs.getOrDefault(node, Map.of()).get(source);
    Object recorded = ClusterFlow.own(outputs.getOrDefault(source, Map.of()));
    if (!recorded.equals(built)) {
      found.add(node + " was built on " + built + " of " + source + ", recorded is " + recorded);
    }
  }
}
