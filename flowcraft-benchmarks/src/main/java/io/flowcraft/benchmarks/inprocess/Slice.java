package io.flowcraft.benchmarks.inprocess;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A number of runs of a case, and how long each of them took. */
final class Slice {

  private static final int STEPS = 20_000;
  private static final int ROUNDS_IN_FLIGHT = 32;

  /** The embedded store forgets the oldest of more than 10,000 runs; none of a slice may go. */
  private static final int MOST_RUNS = 8_000;

  private final Case measured;
  private final Contestant.Graph graph;
  private final long[] latencies;
  private final AtomicInteger started = new AtomicInteger();
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private CountDownLatch ended = new CountDownLatch(0);

  Slice(Case measured, Contestant contestant) {
    this.measured = measured;
    int runs = runs(measured.workload(), measured.inFlight());
    this.graph = contestant.graph(measured.workload(), runs);
    this.latencies = new long[runs];
  }

  /** Enough to make starting and draining a slice cheap, and few enough to keep all its runs. */
  private static int runs(Workload workload, int inFlight) {
    int least = inFlight == 1 ? 1 : inFlight * ROUNDS_IN_FLIGHT;
    return Math.max(least, Math.min(MOST_RUNS, STEPS / workload.size()));
  }

  Case measured() {
    return measured;
  }

  /** How many steps it takes to execute all runs. */
  long steps() {
    return (long) latencies.length * measured.workload().steps();
  }

  /** How long each run took, in nanoseconds, in the order of their starts. */
  long[] latencies() {
    return latencies;
  }

  /** Executes the runs and returns when the last one has ended. */
  void execute() throws InterruptedException {
    if (measured.inFlight() == 1) {
      oneByOne();
    } else {
      manyAtATime();
    }
  }

  private void oneByOne() {
    for (int number = 0; number < latencies.length; number++) {
      long begin = System.nanoTime();
      graph.run(number);
      latencies[number] = System.nanoTime() - begin;
    }
  }

  private void manyAtATime() throws InterruptedException {
    started.set(0);
    ended = new CountDownLatch(latencies.length);
    for (int i = 0; i < measured.inFlight(); i++) {
      next();
    }
    ended.await();
    Throwable broken = failure.get();
    if (broken != null) {
      throw new IllegalStateException("A run failed.", broken);
    }
  }

  /** Starts a run whose end starts the next one. Iterates where that end is there already. */
  private void next() {
    while (true) {
      int number = started.getAndIncrement();
      if (number >= latencies.length) {
        return;
      }
      long begin = System.nanoTime();
      CompletableFuture<?> run = start(number);
      if (!run.isDone()) {
        whenEnded(run, number, begin);
        return;
      }
      end(number, begin, run.handle((value, error) -> error).join());
    }
  }

  private CompletableFuture<?> start(int number) {
    try {
      return graph.start(number);
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private void whenEnded(CompletionStage<?> run, int number, long begin) {
    run.whenComplete(
        (value, error) -> {
          end(number, begin, error);
          next();
        });
  }

  private void end(int number, long begin, @Nullable Throwable error) {
    latencies[number] = System.nanoTime() - begin;
    if (error != null) {
      failure.compareAndSet(null, error);
    }
    ended.countDown();
  }

  /** Deletes the runs, which nobody measures. */
  void tidy() {
    graph.tidy();
  }
}
