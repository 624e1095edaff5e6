package io.flowcraft.benchmarks.distributed;

/**
 * What was done in a while.
 *
 * @param steps how many steps
 * @param nanos in how long
 * @param latencies how long each run took, in nanoseconds
 */
record Slice(long steps, long nanos, long[] latencies) {

  double stepsPerSecond() {
    return steps * 1e9 / nanos;
  }
}
