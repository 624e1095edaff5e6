package io.flowcraft.benchmarks.inprocess;

import io.flowcraft.benchmarks.inprocess.Workload.Shape;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;

/** The figures for people: all of them, how they compare, and which targets hold. */
final class Report {

  private static final double TIMES_NPM = 10;
  private static final double FLAT = 1.5;

  private final Measurement measurement;
  private final Plan plan;

  Report(Measurement measurement, Plan plan) {
    this.measurement = measurement;
    this.plan = plan;
  }

  /** Nodes per second of the npm library, measured on a machine with two cores. */
  private static double npm(Case measured) {
    boolean one = measured.inFlight() == 1;
    return switch (measured.workload().shape()) {
      case CHAIN -> one ? 109_000 : 96_000;
      case FAN -> one ? 59_000 : 42_000;
      case BATCH -> throw new IllegalArgumentException("not measured: " + measured);
    };
  }

  /** How much of the hand-written graph's steps per second is wanted. */
  private static double wantedOfHandWritten(Case measured) {
    return measured.workload().shape() == Shape.CHAIN ? 1.0 : 0.3;
  }

  void print(PrintStream out) {
    printMachine(out);
    printFigures(out);
    printComparison(out);
    printSizes(out, "Cost of a node by length of a chain", Shape.CHAIN);
    printSizes(out, "Cost of a node by width of a fan", Shape.FAN);
    printSizes(out, "Cost of an item by size of a batch", Shape.BATCH);
    printTargets(out);
  }

  private static void printMachine(PrintStream out) {
    int cores = Runtime.getRuntime().availableProcessors();
    double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    out.printf(
        Locale.ROOT, "JDK %s, %d cores, load %.1f", Runtime.version().feature(), cores, load);
    out.println(
        load > cores + 1
            ? ". The machine is busy: CPU time per step tells more than steps per second."
            : ".");
  }

  private void printFigures(PrintStream out) {
    out.println();
    out.printf(
        "%-13s %9s  %-18s %11s %23s %10s %10s %8s %9s%n",
        "workload",
        "in flight",
        "system",
        "steps/s",
        "slowest..fastest",
        "p50 ms",
        "p99 ms",
        "B/step",
        "CPU us");
    for (Case measured : plan.cases()) {
      for (String system : Systems.ALL) {
        printFigures(out, measured, system, measurement.of(measured, system));
      }
    }
  }

  private static void printFigures(PrintStream out, Case measured, String system, Figures found) {
    String range =
        String.format(
            Locale.ROOT, "%,.0f..%,.0f", found.leastStepsPerSecond(), found.mostStepsPerSecond());
    out.printf(
        Locale.ROOT,
        "%-13s %9d  %-18s %,11.0f %23s %10.3f %10.3f %,8.0f %9.2f%n",
        measured.workload(),
        measured.inFlight(),
        system,
        found.stepsPerSecond(),
        range,
        found.latency(50),
        found.latency(99),
        found.bytesPerStep(),
        found.cpuPerStep());
  }

  private void printComparison(PrintStream out) {
    out.println();
    out.printf("%-13s %9s %16s %8s%n", "flowcraft is", "in flight", "x hand-written", "x npm");
    for (Case measured : Plan.COMPARED) {
      out.printf(
          Locale.ROOT,
          "%-13s %9d %16.2f %8.1f%n",
          measured.workload(),
          measured.inFlight(),
          timesHandWritten(measured),
          timesNpm(measured));
    }
  }

  private double timesHandWritten(Case measured) {
    return flowcraft(measured)
        / measurement.of(measured, Systems.COMPLETABLE_FUTURE).stepsPerSecond();
  }

  private double timesNpm(Case measured) {
    return flowcraft(measured) / npm(measured);
  }

  private double flowcraft(Case measured) {
    return measurement.of(measured, Systems.FLOWCRAFT).stepsPerSecond();
  }

  /** The cases of a shape, one run at a time, in the order of their sizes. */
  private List<Case> sizes(Shape shape) {
    return plan.cases().stream()
        .filter(measured -> measured.workload().shape() == shape && measured.inFlight() == 1)
        .toList();
  }

  private void printSizes(PrintStream out, String title, Shape shape) {
    List<Case> sizes = sizes(shape);
    if (sizes.size() < 2) {
      return;
    }
    out.println();
    out.println(title + ", one run at a time");
    double first = cost(sizes.get(0), Systems.FLOWCRAFT);
    for (Case size : sizes) {
      double cost = cost(size, Systems.FLOWCRAFT);
      out.printf(
          Locale.ROOT,
          "%,11d %8.3f us  x %.2f   (hand-written: %.3f us)%n",
          size.workload().size(),
          cost,
          cost / first,
          cost(size, Systems.COMPLETABLE_FUTURE));
    }
  }

  /** Microseconds for a node of a chain or fan, or for an item of a batch. */
  private double cost(Case measured, String system) {
    Workload workload = measured.workload();
    double perStep = 1e6 / measurement.of(measured, system).stepsPerSecond();
    return workload.shape() == Shape.BATCH ? perStep * workload.steps() / workload.size() : perStep;
  }

  private void printTargets(PrintStream out) {
    out.println();
    out.println("Targets");
    for (Case measured : Plan.COMPARED) {
      String what = measured.workload() + ", " + measured.inFlight() + " in flight: ";
      atLeast(out, what + "x npm", timesNpm(measured), TIMES_NPM);
      atLeast(
          out, what + "x hand-written", timesHandWritten(measured), wantedOfHandWritten(measured));
    }
    printFlat(out, "chain: dearest node / cheapest node", Shape.CHAIN);
    printFlat(out, "batch: dearest item / cheapest item", Shape.BATCH);
  }

  private static void atLeast(PrintStream out, String what, double found, double wanted) {
    printTarget(out, found >= wanted, what, found, ">= " + wanted);
  }

  private void printFlat(PrintStream out, String what, Shape shape) {
    DoubleSummaryStatistics costs =
        sizes(shape).stream()
            .mapToDouble(size -> cost(size, Systems.FLOWCRAFT))
            .summaryStatistics();
    double found = costs.getMax() / costs.getMin();
    printTarget(out, found <= FLAT, what, found, "<= " + FLAT);
  }

  private static void printTarget(
      PrintStream out, boolean holds, String what, double found, String wanted) {
    out.printf(
        Locale.ROOT,
        "  %-7s %-38s %7.2f  (wanted: %s)%n",
        holds ? "holds" : "MISSED",
        what,
        found,
        wanted);
  }
}
