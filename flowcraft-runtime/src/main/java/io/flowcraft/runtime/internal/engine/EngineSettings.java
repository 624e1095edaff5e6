package io.flowcraft.runtime.internal.engine;

import org.jspecify.annotations.Nullable;

/**
 * The engine's numbers.
 *
 * @param maxLocalSteps how many nodes a strand executes before it lets others have the thread
 * @param maxIterations how often a loop may iterate
 * @param maxFanOut how many nodes a node may add
 * @param maxDepth how deep child runs may be nested
 * @param maxInFlight how many jobs the worker has open at a time
 * @param pace how a fleet looks after its runs; null if this process is alone with its backends
 * @param lenient whether blueprints are accepted as the npm library accepts them
 */
public record EngineSettings(
    int maxLocalSteps,
    int maxIterations,
    int maxFanOut,
    int maxDepth,
    int maxInFlight,
    @Nullable Pace pace,
    boolean lenient) {

  /** Whether nobody else works on the runs of this process, which nothing outlives. */
  boolean isAlone() {
    return pace == null;
  }
}
