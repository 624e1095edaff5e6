package io.flowcraft.benchmarks.distributed;

import java.util.Arrays;
import java.util.List;

/**
 * What was measured of a load in a queue mode: slices of both contenders, which took turns.
 *
 * @param queueMode kind of group
 * @param load what ran
 * @param flowcraft slices of the engine
 * @param raw slices of the loop
 */
record Row(String queueMode, Load load, List<Slice> flowcraft, List<Slice> raw) {

  /** Steps per second, from the lowest to the highest. */
  static double[] rates(List<Slice> slices) {
    return slices.stream().mapToDouble(Slice::stepsPerSecond).sorted().toArray();
  }

  /** Times the loop, repetition by repetition, from the lowest to the highest. */
  double[] ratios() {
    double[] ratios = new double[flowcraft.size()];
    for (int i = 0; i < ratios.length; i++) {
      ratios[i] = flowcraft.get(i).stepsPerSecond() / raw.get(i).stepsPerSecond();
    }
    Arrays.sort(ratios);
    return ratios;
  }

  static double median(double[] sorted) {
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }

  /** How long a run takes at most in so many per cent of all cases, in milliseconds. */
  static double latency(List<Slice> slices, int percent) {
    long[] all =
        slices.stream()
            .flatMap(slice -> slice.latencies().stream())
            .mapToLong(Long::longValue)
            .sorted()
            .toArray();
    return all[Math.min(all.length - 1, all.length * percent / 100)] / 1e6;
  }
}
