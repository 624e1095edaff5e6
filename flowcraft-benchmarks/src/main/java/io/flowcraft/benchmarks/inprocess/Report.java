package io.flowcraft.benchmarks.inprocess;

import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The figures for people: all of them, how they compare, and which targets hold. */
final class Report {

  private static final double TIMES_NPM = 10;
  private static final double FLAT = 1.5;

  private final Map<Case, Figures> figures;
  private final Plan plan;

  Report(Map<Case, Figures> figures, Plan plan) {
    this.figures = figures;
    this.plan = plan;
  }

  /** Nodes per second of the npm library, measured on a machine with two cores. */
  private static double npm(String workload, int inFlight) {
    boolean one = inFlight == 1;
    return switch (workload) {
      case "chain-10" -> one ? 109_000 : 96_000;
      case "fan-100" -> one ? 59_000 : 42_000;
      default -> throw new IllegalArgumentException("not measured: " + workload);
    };
  }

  /** How much of the hand-written graph's steps per second is wanted. */
  private static double ofHandWritten(String workload) {
    return workload.startsWith("chain") ? 1.0 : 0.3;
  }

  void print(PrintStream out) {
    printMachine(out);
    printFigures(out);
    printComparison(out);
    printFlatness(out, "Cost of a node by length of a chain", sizes("chain"));
    printFlatness(out, "Cost of a node by width of a fan", sizes("fan"));
    printFlatness(out, "Cost of an item by size of a batch", sizes("batch"));
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
    figures.forEach(
        (measured, found) ->
            out.printf(
                Locale.ROOT,
                "%-13s %9d  %-18s %,11.0f %23s %10.3f %10.3f %,8.0f %9.2f%n",
                measured.workload(),
                measured.inFlight(),
                measured.system(),
                found.stepsPerSecond(),
                String.format(
                    Locale.ROOT,
                    "%,.0f..%,.0f",
                    found.leastStepsPerSecond(),
                    found.mostStepsPerSecond()),
                found.latency(50),
                found.latency(99),
                found.bytesPerStep(),
                found.cpuPerStep()));
  }

  private void printComparison(PrintStream out) {
    out.println();
    out.printf("%-13s %9s %24s %14s%n", "flowcraft is", "in flight", "x hand-written", "x npm");
    for (String workload : plan.compared()) {
      for (int inFlight : List.of(1, Plan.MANY)) {
        out.printf(
            Locale.ROOT,
            "%-13s %9d %24.2f %14.1f%n",
            workload,
            inFlight,
            timesHandWritten(workload, inFlight),
            timesNpm(workload, inFlight));
      }
    }
  }

  private double timesHandWritten(String workload, int inFlight) {
    return flowcraft(workload, inFlight)
        / get(new Case(workload, Case.COMPLETABLE_FUTURE, inFlight)).stepsPerSecond();
  }

  private double timesNpm(String workload, int inFlight) {
    return flowcraft(workload, inFlight) / npm(workload, inFlight);
  }

  private double flowcraft(String workload, int inFlight) {
    return get(new Case(workload, Case.FLOWCRAFT, inFlight)).stepsPerSecond();
  }

  private Figures get(Case wanted) {
    return Objects.requireNonNull(figures.get(wanted));
  }

  /** The workloads of a shape, in the order of their sizes. */
  private List<Workload> sizes(String shape) {
    return Stream.concat(plan.compared().stream(), plan.sizes().stream())
        .filter(name -> name.startsWith(shape))
        .map(Workload::named)
        .toList();
  }

  private void printFlatness(PrintStream out, String title, List<Workload> sizes) {
    if (sizes.size() < 2) {
      return;
    }
    out.println();
    out.println(title + ", one run at a time");
    double first = cost(sizes.get(0), Case.FLOWCRAFT);
    for (Workload workload : sizes) {
      double cost = cost(workload, Case.FLOWCRAFT);
      out.printf(
          Locale.ROOT,
          "%,11d %8.3f us  x %.2f%s%n",
          workload.size(),
          cost,
          cost / first,
          besides(workload));
    }
  }

  private String besides(Workload workload) {
    @Nullable Figures other = figures.get(new Case(workload.name(), Case.COMPLETABLE_FUTURE, 1));
    return other == null
        ? ""
        : String.format(
            Locale.ROOT, "   (hand-written: %.3f us)", cost(workload, Case.COMPLETABLE_FUTURE));
  }

  /** Microseconds for a node of a chain or fan, or for an item of a batch. */
  private double cost(Workload workload, String system) {
    double perStep = 1e6 / get(new Case(workload.name(), system, 1)).stepsPerSecond();
    return workload.shape() == Workload.Shape.BATCH
        ? perStep * workload.steps() / workload.size()
        : perStep;
  }

  /** The dearest of these sizes, in terms of the cheapest. */
  private double unevenness(List<Workload> sizes) {
    double[] costs = sizes.stream().mapToDouble(size -> cost(size, Case.FLOWCRAFT)).toArray();
    return Arrays.stream(costs).max().orElseThrow() / Arrays.stream(costs).min().orElseThrow();
  }

  private void printTargets(PrintStream out) {
    out.println();
    out.println("Targets");
    for (String workload : plan.compared()) {
      for (int inFlight : List.of(1, Plan.MANY)) {
        String what = workload + ", " + inFlight + " in flight: ";
        target(out, what + "x npm", timesNpm(workload, inFlight), TIMES_NPM, true);
        target(
            out,
            what + "x hand-written",
            timesHandWritten(workload, inFlight),
            ofHandWritten(workload),
            true);
      }
    }
    target(out, "chain, dearest node / cheapest", unevenness(sizes("chain")), FLAT, false);
    target(out, "batch, dearest item / cheapest", unevenness(sizes("batch")), FLAT, false);
  }

  private static void target(
      PrintStream out, String what, double found, double bound, boolean atLeast) {
    boolean holds = atLeast ? found >= bound : found <= bound;
    out.printf(
        Locale.ROOT,
        "  %-7s %-40s %7.2f  (wanted: %s %.1f)%n",
        holds ? "holds" : "MISSED",
        what,
        found,
        atLeast ? ">=" : "<=",
        bound);
  }
}
