package io.flowcraft.benchmarks.distributed;

import java.util.List;

/**
 * What was done in a while.
 *
 * @param steps how many steps
 * @param nanos in how long
 * @param latencies how long each run took, in nanoseconds
 */
record Slice(long steps, long nanos, List<Long> latencies) {

  double stepsPerSecond() {
    return steps * 1e9 / nanos;
  }
}
