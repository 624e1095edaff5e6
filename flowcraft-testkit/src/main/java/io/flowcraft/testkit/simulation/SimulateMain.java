package io.flowcraft.testkit.simulation;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/** Simulates the standard workloads: {@code --seeds N [--from S] [--workload NAME]}. */
public final class SimulateMain {

  private SimulateMain() {}

  /** Simulates, tells the result, and exits with 1 if there was a violation. */
  public static void main(String[] args) {
    PrintStream out =
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    long seeds = 1_000;
    long from = 1;
    List<Workload> workloads = new ArrayList<>(Workloads.all());
    Set<Fault> faults = EnumSet.noneOf(Fault.class);
    boolean chosen = false;
    int violations = 1;
    for (int i = 0; i + 1 < args.length; i += 2) {
      String value = args[i + 1];
      switch (args[i]) {
        case "--seeds" -> seeds = Long.parseLong(value);
        case "--from" -> from = Long.parseLong(value);
        case "--workload" -> {
          workloads.clear();
          workloads.add(Workloads.named(value));
        }
        case "--faults" -> {
          for (String kind : value.isEmpty() ? new String[0] : value.split(",")) {
            faults.add(Fault.valueOf(kind));
          }
          chosen = true;
        }
        case "--violations" -> violations = Integer.parseInt(value);
        default -> throw new IllegalArgumentException(args[i]);
      }
    }
    int failures = 0;
    for (Workload workload : workloads) {
      long begin = System.nanoTime();
      SimulationReport report =
          Simulation.builder().workload(workload).seeds(from, seeds).stopAfter(violations).faults(chosen ? faults : EnumSet.allOf(Fault.class)).run();
      double seconds = (System.nanoTime() - begin) / 1e9;
      out.printf(
          "%-16s %,8d histories %,8.0f/s %,12d steps%n",
          workload.name(),
          report.histories(),
          report.histories() / seconds,
          report.steps());
      out.println("  " + new TreeMap<>(report.faults()));
      for (Violation violation : report.violations()) {
        failures++;
        out.println(violation.invariant() + ", seed " + violation.seed());
        out.println(violation.details());
        out.println(violation.report());
      }
    }
    System.exit(failures == 0 ? 0 : 1);
  }
}
