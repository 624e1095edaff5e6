package io.flowcraft.benchmarks.distributed;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Measures Flowcraft on Kafka, Cassandra and Redis, beside a loop without an engine. */
public final class DistributedMain {

  private static final String USAGE = "usage: bench distributed [--json FILE] [--quick]";

  private final Plan plan;
  private final PrintStream progress;
  private final @Nullable Path json;

  private DistributedMain(Plan plan, PrintStream progress, @Nullable Path json) {
    this.plan = plan;
    this.progress = progress;
    this.json = json;
  }

  /**
   * Runs the benchmark. The exit status says whether it ran, not how fast.
   *
   * @param args {@code --json FILE} and {@code --quick}
   */
  public static void main(String[] args) throws IOException {
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
    if (json != null) {
      // Better to learn now than later that it can't be written.
      Files.writeString(json, "[]\n");
    }
    int status = 1;
    try {
      out.print(Report.table(new DistributedMain(plan, err, json).measure()));
      status = 0;
    } catch (IOException | RuntimeException e) {
      e.printStackTrace(err);
    }
    // Threads that a client has left running would keep this process, and the servers with it.
    System.exit(status);
  }

  private List<Row> measure() throws IOException {
    progress.println("starting Kafka, Cassandra and Redis");
    Servers servers = Servers.start();
    List<Row> rows = new ArrayList<>();
    for (String mode : Plan.MODES) {
      try (Contender flowcraft = new WithFlowcraft(servers, mode);
          Contender raw = new RawLoop(servers, mode)) {
        warmUp(mode, flowcraft, raw);
        for (Load load : plan.loads(mode)) {
          rows.add(row(mode, load, flowcraft, raw));
          if (json != null) {
            // Row by row: what has been measured stays, whatever comes.
            Files.writeString(json, Report.json(rows));
          }
        }
      }
    }
    return rows;
  }

  private void warmUp(String mode, Contender flowcraft, Contender raw) {
    progress.println(mode + ": warm-up");
    for (Load load : plan.warmUps()) {
      for (Contender contender : List.of(flowcraft, raw)) {
        Meter.measure(contender.prepare(load), plan.warmUp().dividedBy(2));
      }
    }
  }

  /** The contenders take turns, so that both see the same noise. */
  private Row row(String mode, Load load, Contender flowcraft, Contender raw) {
    Row row = new Row(mode, load, new ArrayList<>(), new ArrayList<>());
    Contender.Runner engine = flowcraft.prepare(load);
    Contender.Runner loop = raw.prepare(load);
    for (int i = 0; i < plan.repetitions(load); i++) {
      row.flowcraft().add(Meter.measure(engine, plan.slice()));
      row.raw().add(Meter.measure(loop, plan.slice()));
      progress.printf(
          "%s: %s: %,.0f steps/s, raw loop %,.0f%n",
          mode, load, row.flowcraft().get(i).stepsPerSecond(), row.raw().get(i).stepsPerSecond());
    }
    return row;
  }
}
