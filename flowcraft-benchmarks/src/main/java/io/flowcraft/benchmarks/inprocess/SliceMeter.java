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

  /** Stands between a case and what was measured of it, in the label of a result. */
  static final String OF = ":";

  static final String STEPS_PER_SECOND = "stepsPerSecond";
  static final String BYTES_PER_STEP = "bytesPerStep";
  static final String CPU_PER_STEP = "cpuPerStep";
  static final String LATENCY = "runLatency";

  /** One for the JVM: JMH makes the profiler and the benchmark, and neither knows the other. */
  private static final Reading READING = new Reading();

  /** Made by JMH. */
  public SliceMeter() {}

  static Reading reading() {
    return READING;
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

  /** The sums of an iteration, in which all slices are of one case. */
  static final class Reading {

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final OperatingSystemMXBean process =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private SampleBuffer latencies = new SampleBuffer();
    private String measured = "";
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
      cpuNanosBefore = process.getProcessCpuTime();
      begin = System.nanoTime();
    }

    synchronized void end(Slice slice) {
      nanos += System.nanoTime() - begin;
      cpuNanos += process.getProcessCpuTime() - cpuNanosBefore;
      bytes += allocated() - bytesBefore;
      steps += slice.steps();
      measured = slice.measured().toString();
      for (long run : slice.latencies()) {
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
          scalar(STEPS_PER_SECOND, steps * 1e9 / nanos, "steps/s"),
          scalar(BYTES_PER_STEP, (double) bytes / steps, "B/step"),
          scalar(CPU_PER_STEP, cpuNanos / 1e3 / steps, "us/step"),
          new SampleTimeResult(
              ResultRole.SECONDARY, measured + OF + LATENCY, latencies, TimeUnit.MILLISECONDS));
    }

    private ScalarResult scalar(String what, double value, String unit) {
      return new ScalarResult(measured + OF + what, value, unit, AggregationPolicy.AVG);
    }
  }
}
