package io.flowcraft.testkit.cli;

import io.flowcraft.testkit.simulation.Simulation;
import io.flowcraft.testkit.simulation.SimulationReport;
import io.flowcraft.testkit.simulation.Workload;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Simulates the standard workloads, or recorded cases. */
public final class SimulateMain {

  private SimulateMain() {}

  /**
   * Simulates what the arguments say, tells the result, and exits with 1 if there was a violation,
   * or with 2 if the arguments are not acceptable.
   *
   * @param arguments {@code [--seeds N] [--from SEED] [--golden DIR] [--workload NAME] [--faults
   *     KIND,KIND] [--violations N]}
   */
  public static void main(String[] arguments) {
    PrintStream out =
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    SimulateOptions options;
    try {
      options = SimulateOptions.parse(arguments);
    } catch (IllegalArgumentException e) {
      out.println(e.getMessage());
      System.exit(2);
      return;
    }
    System.exit(simulate(options, out) ? 0 : 1);
  }

  private static boolean simulate(SimulateOptions options, PrintStream out) {
    out.println("seeds from " + options.from() + ", " + options.seeds() + " of each workload");
    boolean good = true;
    options.notes().forEach(out::println);
    for (Workload workload : options.workloads()) {
      SimulationReport report =
          Simulation.builder()
              .workload(workload)
              .seeds(options.from(), options.seeds())
              .faults(options.faults())
              .stopAfter(options.violations())
              .run();
      out.println(workload.name() + ": " + report);
      good &= report.violations().isEmpty();
    }
    return good;
  }
}
