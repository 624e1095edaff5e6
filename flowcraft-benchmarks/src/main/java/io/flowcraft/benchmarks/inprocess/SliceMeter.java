package io.flowcraft.benchmarks.inprocess;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ResultRole;
import org.openjdk.jmh.results.SampleTimeResult;
import org.openjdk.jmh.results.ScalarResult;
import org.openjdk.jmh.util.SampleBuffer;

/** Adds what is measured inside a slice to the results of an iteration. */
public final class SliceMeter implements InternalProfiler {

  static final String STEPS_PER_SECOND = "stepsPerSecond";
  static final String BYTES_PER_STEP = "bytesPerStep";
  static final String CPU_PER_STEP = "cpuPerStep";
  static final String LATENCY = "runLatency";

  private static final OperatingSystemMXBean PROCESS =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  /** One for the JVM: JMH makes the profiler and the benchmark, and neither knows the other. */
  private static final Reading READING = new Reading();

  /** Made by JMH. */
  public SliceMeter() {}

  static Reading reading() {
    return READING;
  }

  /** The CPU time of this process so far. */
  static long cpuMillis() {
    return TimeUnit.NANOSECONDS.toMillis(PROCESS.getProcessCpuTime());
  }

  @Override
  public String getDescription() {
    return "Steps per second, what a step costs in bytes and CPU time, and the latency of runs";
  }

  @Override
  public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
    READING.reset();
  }

  @Override
  public Collection<? extends Result<?>> afterIteration(
      BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
    return READING.results();
  }

  /** The sums of an iteration. Used by the thread that executes the slices. */
  static final class Reading {

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private SampleBuffer latencies = new SampleBuffer();
    private long steps;
    private long nanos;
    private long bytes;
    private long cpuNanos;
    private long bytesBefore;
    private long cpuNanosBefore;
    private long begin;

    private synchronized void reset() {
      latencies = new SampleBuffer();
      steps = 0;
      nanos = 0;
      bytes = 0;
      cpuNanos = 0;
    }

    synchronized void begin() {
      bytesBefore = allocated();
      cpuNanosBefore = PROCESS.getProcessCpuTime();
      begin = System.nanoTime();
    }

    synchronized void end(long[] nanosOfRuns, int stepsOfRun) {
      nanos += System.nanoTime() - begin;
      cpuNanos += PROCESS.getProcessCpuTime() - cpuNanosBefore;
      bytes += allocated() - bytesBefore;
      steps += (long) nanosOfRuns.length * stepsOfRun;
      for (long run : nanosOfRuns) {
        latencies.add(run);
      }
    }

    /** By all threads alive; those of a pool don't end between two calls. */
    private long allocated() {
      long sum = 0;
      for (long thread : threads.getThreadAllocatedBytes(threads.getAllThreadIds())) {
        sum += Math.max(0, thread);
      }
      return sum;
    }

    private synchronized List<Result<?>> results() {
      if (steps == 0) {
        return List.of();
      }
      return List.of(
          new ScalarResult(STEPS_PER_SECOND, steps * 1e9 / nanos, "steps/s", AggregationPolicy.AVG),
          new ScalarResult(BYTES_PER_STEP, (double) bytes / steps, "B/step", AggregationPolicy.AVG),
          new ScalarResult(CPU_PER_STEP, cpuNanos / 1e3 / steps, "us/step", AggregationPolicy.AVG),
          new SampleTimeResult(ResultRole.SECONDARY, LATENCY, latencies, TimeUnit.MILLISECONDS));
    }
  }
}
