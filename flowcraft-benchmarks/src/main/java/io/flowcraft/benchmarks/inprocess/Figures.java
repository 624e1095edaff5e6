package io.flowcraft.benchmarks.inprocess;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.util.MultisetStatistics;
import org.openjdk.jmh.util.Statistics;

/** The measurements of one case, collected over iterations and forks. */
final class Figures {

  private final List<Double> stepsPerSecond = new ArrayList<>();
  private final List<Double> bytesPerStep = new ArrayList<>();
  private final List<Double> cpuPerStep = new ArrayList<>();
  private final MultisetStatistics latencies = new MultisetStatistics();

  /** Adds what a fork has measured. */
  void add(RunResult run) {
    for (BenchmarkResult fork : run.getBenchmarkResults()) {
      for (IterationResult iteration : fork.getIterationResults()) {
        add(iteration.getSecondaryResults());
      }
    }
  }

  @SuppressWarnings("rawtypes") // as JMH returns it
  private void add(Map<String, Result> iteration) {
    stepsPerSecond.add(statistics(iteration, SliceMeter.STEPS_PER_SECOND).getMean());
    bytesPerStep.add(statistics(iteration, SliceMeter.BYTES_PER_STEP).getMean());
    cpuPerStep.add(statistics(iteration, SliceMeter.CPU_PER_STEP).getMean());
    Iterator<Map.Entry<Double, Long>> samples =
        statistics(iteration, SliceMeter.LATENCY).getRawData();
    while (samples.hasNext()) {
      Map.Entry<Double, Long> sample = samples.next();
      latencies.addValue(sample.getKey(), sample.getValue());
    }
  }

  @SuppressWarnings("rawtypes") // as JMH returns it
  private static Statistics statistics(Map<String, Result> iteration, String label) {
    return Objects.requireNonNull(iteration.get(label), label).getStatistics();
  }

  /** The median of the iterations. */
  double stepsPerSecond() {
    return median(stepsPerSecond);
  }

  /** The slowest iteration. */
  double leastStepsPerSecond() {
    return Collections.min(stepsPerSecond);
  }

  /** The fastest iteration. */
  double mostStepsPerSecond() {
    return Collections.max(stepsPerSecond);
  }

  /** The median of the iterations. */
  double bytesPerStep() {
    return median(bytesPerStep);
  }

  /** CPU time of the whole process, in microseconds; the median of the iterations. */
  double cpuPerStep() {
    return median(cpuPerStep);
  }

  /** The latency, in milliseconds, that so many of 100 runs kept below. */
  double latency(double percentile) {
    return latencies.getPercentile(percentile);
  }

  private static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }
}
