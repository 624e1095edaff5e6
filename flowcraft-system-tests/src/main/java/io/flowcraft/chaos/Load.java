package io.flowcraft.chaos;

import io.flowcraft.run.RunStatus;
import io.flowcraft.spi.RunRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * People who use the fleet, a steady number of them: each starts a run, answers it if it asks, sees
 * it end, and starts the next one.
 */
final class Load implements AutoCloseable {

  private static final Duration LOOK = Duration.ofMillis(200);
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Client client;
  private final ExecutorService people;
  private final List<Future<?>> all = new ArrayList<>();
  private final Map<String, Scenario> runs = new ConcurrentHashMap<>();
  private final AtomicInteger started = new AtomicInteger();
  private final AtomicInteger ended = new AtomicInteger();
  private final CountDownLatch over = new CountDownLatch(1);
  private volatile long endNanos = Long.MAX_VALUE;

  Load(Client client, int inFlight) {
    this.client = client;
    this.people = Executors.newFixedThreadPool(inFlight);
    for (int i = 0; i < inFlight; i++) {
      all.add(people.submit(this::useFleet));
    }
  }

  /** All runs that were started. */
  Map<String, Scenario> runs() {
    return Map.copyOf(runs);
  }

  int ended() {
    return ended.get();
  }

  /** Starts nothing more, and waits until what was started has ended, or has had its chance. */
  void finish(Duration patience) {
    endNanos = System.nanoTime() + patience.toNanos();
    over.countDown();
    for (Future<?> each : all) {
      try {
        each.get();
      } catch (ExecutionException e) {
        throw new IllegalStateException("A user of the fleet met what nobody should meet.", e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private Void useFleet() throws InterruptedException {
    Scenario[] scenarios = Scenario.values();
    while (over.getCount() > 0) {
      int number = started.getAndIncrement();
      Scenario scenario = scenarios[number % scenarios.length];
      String runId = "run-" + number;
      runs.put(runId, scenario);
      client.start(scenario, runId, Map.of(), PATIENCE);
      if (seesEnd(scenario, runId)) {
        ended.incrementAndGet();
      }
    }
    return null;
  }

  private boolean seesEnd(Scenario scenario, String runId) throws InterruptedException {
    CountDownLatch never = new CountDownLatch(1);
    while (System.nanoTime() < endNanos) {
      Optional<RunRecord> run = client.find(runId, PATIENCE);
      if (run.isEmpty() || run.get().status().isFinal()) {
        return run.isPresent();
      }
      if (scenario == Scenario.QUESTION && run.get().status() == RunStatus.AWAITING) {
        // Also once more: an answer that failed half-way is nobody's, until the run waits again.
        client.answer(runId, Scenario.answer(runId), PATIENCE);
      }
      if (never.await(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
        return false;
      }
    }
    return false;
  }

  @Override
  public void close() {
    people.shutdownNow();
  }
}
