package io.flowcraft.benchmarks.inprocess;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Measures Flowcraft beside hand-written futures, tells the figures and writes them to a file. */
public final class InProcessMain {

  private static final String USAGE = "usage: bench in-process [--json FILE] [--quick]";

  private final Plan plan;
  private final PrintStream progress;

  private InProcessMain(Plan plan, PrintStream progress) {
    this.plan = plan;
    this.progress = progress;
  }

  /**
   * Runs the benchmark. The exit status says whether it ran, not how fast.
   *
   * @param args {@code --json FILE} and {@code --quick}
   */
  public static void main(String[] args) throws IOException, RunnerException {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
    Plan plan = Plan.FULL;
    Path json = null;
    for (int i = 0; i < args.length; i++) {
      if (args[i].equals("--quick")) {
        plan = Plan.QUICK;
      } else if (args[i].equals("--json") && i + 1 < args.length) {
        json = Path.of(args[++i]);
      } else {
        err.println(USAGE);
        System.exit(2);
      }
    }
    new InProcessMain(plan, err).run(out, json);
  }

  private void run(PrintStream out, @Nullable Path json) throws IOException, RunnerException {
    if (json != null) {
      // Better to learn now than in five minutes that it can't be written.
      Files.writeString(json, "[]\n");
    }
    Map<Case, Figures> figures = measure();
    new Report(figures, plan).print(out);
    if (json != null) {
      Files.writeString(json, FiguresJson.write(figures));
    }
  }

  private Map<Case, Figures> measure() throws RunnerException {
    Map<Case, Figures> figures = new LinkedHashMap<>();
    for (int round = 0; round < plan.rounds(); round++) {
      List<Case> cases = plan.round(round);
      for (int i = 0; i < cases.size(); i++) {
        Case next = cases.get(i);
        progress.printf(
            "round %d of %d, %d of %d: %s, %d in flight, %s%n",
            round + 1,
            plan.rounds(),
            i + 1,
            cases.size(),
            next.workload(),
            next.inFlight(),
            next.system());
        Figures known = figures.computeIfAbsent(next, key -> new Figures());
        new Runner(options(next)).run().forEach(known::add);
      }
    }
    return figures;
  }

  private Options options(Case next) {
    return new OptionsBuilder()
        .include(InProcessBenchmark.class.getName().replace(".", "\\.") + "\\.")
        .param("workload", next.workload())
        .param("system", next.system())
        .param("inFlight", Integer.toString(next.inFlight()))
        .addProfiler(SliceMeter.class)
        .forks(1)
        .param("warmUpCpuMillis", Integer.toString(plan.warmUpCpuMillis()))
        .warmupIterations(1)
        .warmupTime(TimeValue.milliseconds(plan.iterationMillis()))
        .measurementIterations(plan.iterations())
        .measurementTime(TimeValue.milliseconds(plan.iterationMillis()))
        .shouldFailOnError(true)
        .verbosity(VerboseMode.SILENT)
        .build();
  }
}
