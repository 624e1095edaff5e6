package io.flowcraft.benchmarks.inprocess;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * A graph of steps that do nothing.
 *
 * @param shape how the steps hang together
 * @param size how many there are: steps of a chain, branches of a fan, items of a batch
 */
record Workload(Shape shape, int size) {

  /** How the steps of a workload hang together. */
  enum Shape {
    /** One after the other. */
    CHAIN,
    /** One, then many side by side, then one. */
    FAN,
    /** A step for each element of a list, between one that scatters and one that gathers. */
    BATCH
  }

  /** The workload that is called so, for instance {@code chain-10}. */
  static Workload named(String name) {
    String[] parts = name.split("-", 2);
    if (parts.length != 2) {
      throw new IllegalArgumentException(
          "Workload \"" + name + "\"; expected: a shape and a size, for instance chain-10.");
    }
    return new Workload(
        Shape.valueOf(parts[0].toUpperCase(Locale.ROOT)), Integer.parseInt(parts[1]));
  }

  /** Shape and size. */
  String name() {
    return shape.name().toLowerCase(Locale.ROOT) + "-" + size;
  }

  /** How many steps a run executes; those that scatter, join and gather count as well. */
  int steps() {
    return shape == Shape.CHAIN ? size : size + 2;
  }

  /** The elements that a batch is given: as many numbers as it is long. */
  List<Integer> items() {
    return IntStream.range(0, size).boxed().toList();
  }

  @Override
  public String toString() {
    return name();
  }
}
