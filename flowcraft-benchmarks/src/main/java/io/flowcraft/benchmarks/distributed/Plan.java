package io.flowcraft.benchmarks.distributed;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * How thoroughly it is measured.
 *
 * @param warmUp of each contender in each queue mode, under two of the loads; servers and clients
 *     that have just started spend the first minute on compiling themselves
 * @param slice of each repetition; a load that takes longer runs once to its end
 * @param repetitions of each load; the contenders take turns
 * @param batches repetitions of batches, in each of these modes only
 */
record Plan(
    Duration warmUp, Duration slice, int repetitions, int batches, List<String> batchModes) {

  static final List<String> MODES = List.of("share", "consumer");

  static final Plan FULL = new Plan(Duration.ofMinutes(1), Duration.ofSeconds(6), 3, 1, MODES);

  /** A first look: a batch is measured once, in the mode that is chosen by default. */
  static final Plan QUICK =
      new Plan(Duration.ofSeconds(20), Duration.ofSeconds(1), 3, 1, List.of("share"));

  private static final List<Load> STEADY =
      List.of(
          new Load(Load.Shape.CHAIN, 10, 512),
          new Load(Load.Shape.CHAIN, 10, 64),
          new Load(Load.Shape.FAN, 20, 16),
          new Load(Load.Shape.FAN, 20, 64),
          new Load(Load.Shape.CHAIN, 10, 1));

  private static final Load BATCH = new Load(Load.Shape.BATCH, 100_000, 1);

  List<Load> loads(String mode) {
    return batchModes.contains(mode)
        ? Stream.concat(STEADY.stream(), Stream.of(BATCH)).toList()
        : STEADY;
  }

  List<Load> warmUps() {
    return List.of(STEADY.get(1), STEADY.get(2));
  }

  int repetitions(Load load) {
    return load.shape() == Load.Shape.BATCH ? batches : repetitions;
  }
}
