package io.flowcraft.benchmarks.distributed;

import java.util.Locale;

/**
 * What is measured: a graph, and how many runs of it are under way at a time.
 *
 * @param shape how the steps hang together
 * @param size steps of a chain, branches of a fan, elements of a batch
 * @param inFlight runs under way
 */
record Load(Shape shape, int size, int inFlight) {

  /** How steps hang together. */
  enum Shape {
    CHAIN,
    FAN,
    BATCH
  }

  /** As many records as the loop has under way for a batch: enough to fill every pipeline. */
  private static final int BATCH_WIDTH = 512;

  String workload() {
    return shape.name().toLowerCase(Locale.ROOT) + "-" + size;
  }

  /** How many steps a run has; those that scatter, join and gather count as well. */
  int steps() {
    return shape == Shape.CHAIN ? size : size + 2;
  }

  /** How many chains of the raw loop keep as many steps under way as the runs can have. */
  int rawChains() {
    return switch (shape) {
      case CHAIN -> inFlight;
      case FAN -> inFlight * size;
      case BATCH -> BATCH_WIDTH;
    };
  }

  /** How many steps such a chain has: a batch is nothing but single steps. */
  int rawSteps() {
    return shape == Shape.BATCH ? 1 : steps();
  }

  @Override
  public String toString() {
    return workload() + ", " + inFlight + " in flight";
  }
}
