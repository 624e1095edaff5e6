package io.flowcraft.benchmarks.inprocess;

import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Executes slices until the JVM's compiler has nothing left to do. A fixed time would measure half
 * compiled code wherever the compiler has to share its core.
 */
final class WarmUp {

  private static final long WINDOW_NANOS = TimeUnit.MILLISECONDS.toNanos(750);
  private static final int CALM_WINDOWS = 2;

  /** A window is calm in which finished compilations took no more of its time than this. */
  private static final double CALM = 0.05;

  private final CompilationMXBean compiler = ManagementFactory.getCompilationMXBean();
  private final List<Slice> slices;
  private final long patienceNanos;

  WarmUp(List<Slice> slices, int patienceSeconds) {
    this.slices = slices;
    this.patienceNanos = TimeUnit.SECONDS.toNanos(patienceSeconds);
  }

  void run() throws InterruptedException {
    long deadline = System.nanoTime() + patienceNanos;
    int calm = 0;
    while (calm < CALM_WINDOWS && System.nanoTime() < deadline) {
      calm = window(deadline) < CALM ? calm + 1 : 0;
    }
  }

  /** How much of the time of a window compilations took. */
  private double window(long deadline) throws InterruptedException {
    long compilation = compiler.getTotalCompilationTime();
    long begin = System.nanoTime();
    do {
      for (Slice slice : slices) {
        if (System.nanoTime() < deadline) {
          slice.execute();
          slice.tidy();
        }
      }
    } while (System.nanoTime() - begin < WINDOW_NANOS && System.nanoTime() < deadline);
    long compiled = compiler.getTotalCompilationTime() - compilation;
    return TimeUnit.MILLISECONDS.toNanos(compiled) / (double) (System.nanoTime() - begin);
  }
}
