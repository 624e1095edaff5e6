package io.flowcraft.testkit.golden;

import io.flowcraft.testkit.simulation.Fault;
import io.flowcraft.testkit.simulation.Simulation;
import io.flowcraft.testkit.simulation.Workload;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The recorded cases as workloads of a simulation: whatever several processes do with them, in
 * whatever order and with whatever faults, the same must come of it as in one process.
 *
 * @param workloads one for each line of steps of a case
 * @param orderDependent the names of those whose outputs depend on which of two nodes comes first,
 *     without any fault, as one changes what the other one uses; of them only the end is expected
 * @param leftOut why others can't be simulated, by name
 */
public record GoldenWorkloads(
    List<Workload> workloads, List<String> orderDependent, Map<String, String> leftOut) {

  /** In so many histories without faults an order shows that no blueprint tells. */
  private static final long ORDERS = 40;

  /** The workloads of the case files in a folder, at any depth. */
  public static GoldenWorkloads read(Path folder) {
    List<Workload> workloads = new ArrayList<>();
    List<String> orderDependent = new ArrayList<>();
    Map<String, String> leftOut = new LinkedHashMap<>();
    for (GoldenCheck check : GoldenFiles.read(folder)) {
      if (check instanceof CaseCheck golden) {
        for (CaseLine line : CaseLine.of(golden.golden())) {
          String reason = line.whyNot();
          if (reason != null) {
            leftOut.put(line.name(), reason);
            continue;
          }
          Workload workload = line.workload(folder, true);
          boolean ordered = !Races.in(golden.golden()) && isOrdered(workload);
          if (!ordered) {
            orderDependent.add(line.name());
          }
          workloads.add(ordered ? workload : line.workload(folder, false));
        }
      }
    }
    return new GoldenWorkloads(workloads, orderDependent, leftOut);
  }

  /** Whether the same comes of a workload in many orders of its steps. */
  static boolean isOrdered(Workload workload) {
    return Simulation.builder()
        .workload(workload)
        .seeds(1, ORDERS)
        .faults(Set.<Fault>of())
        .unexplained()
        .run()
        .violations()
        .isEmpty();
  }
}
