package io.flowcraft.testkit.simulation;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Simulates an engine with a defect until the defect shows. Runs among the classes of that engine.
 */
public final class MutantHunt {

  /** So many seeds a workload gets before it is the turn of the next one. */
  private static final int ROUND = 25;

  private MutantHunt() {}

  /**
   * Hunts.
   *
   * @param names the workloads, separated by blanks; empty for all
   * @param most how many histories at most
   * @return the number of histories, the workload and what was broken; null if nothing was found
   */
  public static @Nullable String hunt(String names, long most) {
    List<Workload> workloads = new ArrayList<>();
    if (names.isBlank()) {
      workloads.addAll(Workloads.all());
    }
    for (String name : names.isBlank() ? new String[0] : names.trim().split(" ")) {
      workloads.add(Workloads.named(name));
    }
    long histories = 0;
    for (long first = 1; histories < most; first += ROUND) {
      for (Workload workload : workloads) {
        SimulationReport report;
        try {
          report = Simulation.builder().workload(workload).seeds(first, ROUND).unexplained().run();
        } catch (IllegalStateException e) {
          return histories + " histories, by " + workload + " without any fault";
        }
        histories += report.histories();
        if (!report.violations().isEmpty()) {
          Violation violation = report.violations().get(0);
          return histories
              + " histories, by "
              + workload
              + " with seed "
              + violation.seed()
              + ": "
              + violation.invariant();
        }
      }
    }
    return null;
  }
}
