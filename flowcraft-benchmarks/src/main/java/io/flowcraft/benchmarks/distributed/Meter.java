package io.flowcraft.benchmarks.distributed;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

/** Keeps a number of runs under way for a while, and waits until the last has ended. */
final class Meter {

  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private Meter() {}

  /** At least one run for each place, then as many as fit into the time. */
  static Slice measure(Contender.Runner runner, Duration duration) {
    ConcurrentLinkedQueue<Long> latencies = new ConcurrentLinkedQueue<>();
    AtomicBoolean failed = new AtomicBoolean();
    long begin = System.nanoTime();
    long end = begin + duration.toNanos();
    // Starting blocks while the run is created, so each place has a thread that does it.
    ExecutorService places = Executors.newFixedThreadPool(runner.inFlight());
    try {
      List<CompletableFuture<Void>> all =
          IntStream.range(0, runner.inFlight())
              .mapToObj(
                  place ->
                      CompletableFuture.runAsync(
                          () -> {
                            do {
                              latencies.add(one(runner));
                            } while (System.nanoTime() < end && !failed.get());
                          },
                          places))
              .toList();
      CompletableFuture.allOf(all.toArray(CompletableFuture<?>[]::new))
          .orTimeout(duration.plus(PATIENCE).toSeconds(), TimeUnit.SECONDS)
          .join();
    } finally {
      failed.set(true);
      places.shutdownNow();
    }
    long nanos = System.nanoTime() - begin;
    List<Long> each = List.copyOf(latencies);
    return new Slice((long) each.size() * runner.steps(), nanos, each);
  }

  private static long one(Contender.Runner runner) {
    long start = System.nanoTime();
    runner.start().toCompletableFuture().join();
    return System.nanoTime() - start;
  }
}
