package io.flowcraft.testkit.cli;

import io.flowcraft.testkit.golden.GoldenWorkloads;
import io.flowcraft.testkit.simulation.Fault;
import io.flowcraft.testkit.simulation.Workload;
import io.flowcraft.testkit.simulation.Workloads;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants to have simulated.
 *
 * @param seeds how many histories of each workload
 * @param from the first seed
 * @param workloads the workloads
 * @param notes what is to be known of the workloads
 * @param faults what may go wrong
 * @param violations after how many violations a workload is left
 */
record SimulateOptions(
    long seeds,
    long from,
    List<Workload> workloads,
    List<String> notes,
    Set<Fault> faults,
    int violations) {

  static final String USAGE =
      "usage: simulate [--seeds N] [--from SEED] [--golden DIR] [--workload NAME]"
          + " [--faults KIND,KIND] [--violations N]";

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
            List.of(),
            List.of(),
            EnumSet.allOf(Fault.class),
            1);
    if (arguments.length % 2 == 1) {
      throw new IllegalArgumentException(USAGE);
    }
    String workload = null;
    for (int i = 0; i < arguments.length; i += 2) {
      if (arguments[i].equals("--workload")) {
        workload = arguments[i + 1];
      } else {
        options = options.with(arguments[i], arguments[i + 1]);
      }
    }
    return options.limitedTo(workload);
  }

  private SimulateOptions with(String name, String value) {
    return switch (name) {
      case "--seeds" ->
          new SimulateOptions(Long.parseLong(value), from, workloads, notes, faults, violations);
      case "--from" ->
          new SimulateOptions(seeds, Long.parseLong(value), workloads, notes, faults, violations);
      case "--golden" -> golden(value);
      case "--faults" ->
          new SimulateOptions(seeds, from, workloads, notes, kinds(value), violations);
      case "--violations" ->
          new SimulateOptions(seeds, from, workloads, notes, faults, Integer.parseInt(value));
      default -> throw new IllegalArgumentException(USAGE);
    };
  }

  private SimulateOptions golden(String folder) {
    if (!Files.isDirectory(Path.of(folder))) {
      throw new IllegalArgumentException("There is no folder '" + folder + "'.");
    }
    GoldenWorkloads golden = GoldenWorkloads.read(Path.of(folder));
    List<String> more = new ArrayList<>();
    golden.leftOut().forEach((name, why) -> more.add(name + " is left out: " + why));
    golden.orderDependent().forEach(name -> more.add(name + " may end in several ways"));
    return new SimulateOptions(seeds, from, golden.workloads(), more, faults, violations);
  }

  /** The workloads, or the one of a name; the standard ones if there are no others. */
  private SimulateOptions limitedTo(@Nullable String workload) {
    List<Workload> wanted;
    if (workload == null) {
      wanted = workloads.isEmpty() ? Workloads.all() : workloads;
    } else if (workloads.isEmpty()) {
      wanted = List.of(Workloads.named(workload));
    } else {
      wanted = workloads.stream().filter(one -> one.name().equals(workload)).toList();
    }
    if (wanted.isEmpty()) {
      throw new IllegalArgumentException("There is no recorded case '" + workload + "'.");
    }
    return new SimulateOptions(seeds, from, wanted, notes, faults, violations);
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
