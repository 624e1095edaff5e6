package io.flowcraft.benchmarks.inprocess;

import java.util.List;
import java.util.stream.IntStream;

/** The elements that a batch is given. */
final class Items {

  private Items() {}

  /** As many numbers as the batch is long; none for other workloads. */
  static List<Integer> of(Workload workload) {
    return workload.shape() == Workload.Shape.BATCH
        ? IntStream.range(0, workload.size()).boxed().toList()
        : List.of();
  }
}
