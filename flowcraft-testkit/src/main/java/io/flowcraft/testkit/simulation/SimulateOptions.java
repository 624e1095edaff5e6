package io.flowcraft.testkit.simulation;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * What somebody wants to have simulated.
 *
 * @param seeds how many histories of each workload
 * @param from the first seed
 * @param workloads the workloads
 * @param faults what may go wrong
 * @param violations after how many violations a workload is left
 */
record SimulateOptions(
    long seeds, long from, List<Workload> workloads, Set<Fault> faults, int violations) {

  static final String USAGE =
      "usage: simulate [--seeds N] [--from SEED] [--workload NAME] [--faults KIND,KIND]"
          + " [--violations N]";

  private static final long SEEDS = 1_000;
  private static final long MOST_RANDOM_SEED = 1_000_000_000;

  /**
   * Reads arguments.
   *
   * @throws IllegalArgumentException if they are not acceptable; the message says why
   */
  static SimulateOptions parse(String... arguments) {
    SimulateOptions options =
        new SimulateOptions(
            SEEDS,
            new SplittableRandom().nextLong(MOST_RANDOM_SEED),
            Workloads.all(),
            EnumSet.allOf(Fault.class),
            1);
    if (arguments.length % 2 == 1) {
      throw new IllegalArgumentException(USAGE);
    }
    for (int i = 0; i < arguments.length; i += 2) {
      options = options.with(arguments[i], arguments[i + 1]);
    }
    return options;
  }

  private SimulateOptions with(String name, String value) {
    return switch (name) {
      case "--seeds" ->
          new SimulateOptions(Long.parseLong(value), from, workloads, faults, violations);
      case "--from" ->
          new SimulateOptions(seeds, Long.parseLong(value), workloads, faults, violations);
      case "--workload" ->
          new SimulateOptions(seeds, from, List.of(Workloads.named(value)), faults, violations);
      case "--faults" -> new SimulateOptions(seeds, from, workloads, kinds(value), violations);
      case "--violations" ->
          new SimulateOptions(seeds, from, workloads, faults, Integer.parseInt(value));
      default -> throw new IllegalArgumentException(USAGE);
    };
  }

  private static Set<Fault> kinds(String names) {
    Set<Fault> kinds = EnumSet.noneOf(Fault.class);
    for (String name : names.split(",", -1)) {
      if (!name.isBlank()) {
        kinds.add(Fault.valueOf(name.strip()));
      }
    }
    return kinds;
  }
}
