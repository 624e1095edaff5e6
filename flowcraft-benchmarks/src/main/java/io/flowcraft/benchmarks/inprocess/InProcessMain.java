package io.flowcraft.benchmarks.inprocess;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
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
    Measurement measurement = measure();
    new Report(measurement, plan).print(out);
    if (json != null) {
      Files.writeString(json, FiguresJson.write(measurement, plan));
    }
  }

  private Measurement measure() throws RunnerException {
    Measurement measurement = new Measurement(plan);
    for (int round = 0; round < plan.rounds(); round++) {
      for (String system : Plan.systems(round)) {
        progress.printf("round %d of %d: %s%n", round + 1, plan.rounds(), system);
        for (RunResult fork : new Runner(options(system)).run()) {
          add(measurement, system, fork);
        }
      }
    }
    return measurement;
  }

  private void add(Measurement measurement, String system, RunResult forks) {
    for (BenchmarkResult fork : forks.getBenchmarkResults()) {
      for (IterationResult iteration : fork.getIterationResults()) {
        for (Case measured : plan.cases()) {
          measurement.of(measured, system).add(measured, iteration.getSecondaryResults());
        }
      }
    }
  }

  private Options options(String system) {
    return new OptionsBuilder()
        .include(InProcessBenchmark.class.getName().replace(".", "\\.") + "\\.")
        .param("system", system)
        .param("cases", Case.text(plan.cases()))
        .param("patienceSeconds", Integer.toString(plan.patienceSeconds()))
        .addProfiler(SliceMeter.class)
        .forks(1)
        .warmupIterations(0)
        .measurementIterations(plan.iterations() * plan.cases().size())
        .measurementTime(TimeValue.milliseconds(plan.iterationMillis()))
        .shouldFailOnError(true)
        .verbosity(VerboseMode.SILENT)
        .build();
  }
}
