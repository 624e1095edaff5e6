package io.flowcraft.benchmarks.inprocess;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A number of runs, one after the other or many at a time, and how long each of them took. */
final class Slice {

  private final Contestant contestant;
  private final int inFlight;
  private final long[] latencies;
  private final AtomicInteger started = new AtomicInteger();
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private CountDownLatch ended = new CountDownLatch(0);

  Slice(Contestant contestant, int inFlight, int runs) {
    this.contestant = contestant;
    this.inFlight = inFlight;
    this.latencies = new long[runs];
  }

  /** Executes the runs and returns when the last one has ended. */
  void execute() throws InterruptedException {
    if (inFlight == 1) {
      oneByOne();
    } else {
      manyAtATime();
    }
  }

  /** How long each run took, in nanoseconds, in the order of their starts. */
  long[] latencies() {
    return latencies;
  }

  private void oneByOne() {
    for (int number = 0; number < latencies.length; number++) {
      long begin = System.nanoTime();
      contestant.run(number);
      latencies[number] = System.nanoTime() - begin;
    }
  }

  private void manyAtATime() throws InterruptedException {
    started.set(0);
    ended = new CountDownLatch(latencies.length);
    for (int i = 0; i < inFlight; i++) {
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
      return contestant.start(number);
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
}
