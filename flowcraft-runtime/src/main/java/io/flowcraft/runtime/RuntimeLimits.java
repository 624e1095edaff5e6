package io.flowcraft.runtime;

import io.flowcraft.json.Limits;

/**
 * Bounds on what runs may use. A value beyond a bound fails with a clear error before anything is
 * stored.
 *
 * @param values how large and how deep an output, an input or a context value may be
 * @param maxIterations how often a loop may iterate
 * @param maxFanOut how many nodes one node may add, batch workers included
 * @param maxDepth how deep sub-workflows may be nested
 */
public record RuntimeLimits(Limits values, int maxIterations, int maxFanOut, int maxDepth) {

  /** 8 million characters, 10,000 iterations, a million added nodes, 50 levels. */
  public static final RuntimeLimits DEFAULT =
      new RuntimeLimits(Limits.DEFAULT, 10_000, 1_000_000, 50);

  /** Refuses bounds below 1. */
  public RuntimeLimits {
    if (maxIterations < 1 || maxFanOut < 1 || maxDepth < 1) {
      throw new IllegalArgumentException(
          "RuntimeLimits are "
              + maxIterations
              + " iterations, "
              + maxFanOut
              + " added nodes, "
              + maxDepth
              + " levels; expected: each at least 1.");
    }
  }
}
