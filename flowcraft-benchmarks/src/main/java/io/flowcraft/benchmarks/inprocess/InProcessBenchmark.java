package io.flowcraft.benchmarks.inprocess;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Executes slices of runs. JMH counts slices; {@link SliceMeter} counts steps, bytes and latencies,
 * and is the one to read.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(
    value = 1,
    jvmArgsAppend = {"-Xms2g", "-Xmx2g", "-Dslf4j.internal.verbosity=ERROR"})
@Warmup(iterations = 1, time = 1)
@Measurement(iterations = 5, time = 1)
public class InProcessBenchmark {

  private static final int STEPS_OF_A_SLICE = 20_000;
  private static final int ROUNDS_IN_FLIGHT = 32;

  /** On a busy machine a warm-up may take so many times longer. */
  private static final int PATIENCE = 4;

  /** The embedded store forgets the oldest of more than 10,000 runs; none of a slice may go. */
  private static final int MOST_RUNS = 8_000;

  /** What is run: a shape and a size. */
  @Param({"chain-10", "fan-100"})
  private String workload = "";

  /** Who runs it. */
  @Param({"flowcraft", "completable-future"})
  private String system = "";

  /** How many runs are under way at a time. */
  @Param({"1", "64"})
  private int inFlight;

  /**
   * How much CPU time the JVM gets to warm up before the first iteration. A time on the clock would
   * leave a JVM half compiled where it has to share its cores.
   */
  @Param("4000")
  private int warmUpCpuMillis;

  private final SliceMeter.Reading reading = SliceMeter.reading();
  private Contestant contestant;
  private Slice slice;
  private int steps;

  /** Made by JMH. */
  @SuppressWarnings("NullAway.Init") // set by setUp, which JMH calls first
  public InProcessBenchmark() {}

  /** Builds the graph and everything that a user keeps from run to run, and warms up. */
  @Setup
  public void setUp() throws InterruptedException {
    Workload graph = Workload.named(workload);
    int runs = runs(graph, inFlight);
    int cores = Runtime.getRuntime().availableProcessors();
    contestant =
        switch (system) {
          case "flowcraft" -> new WithFlowcraft(graph, cores, runs);
          case "completable-future" -> new HandWritten(graph, cores);
          default -> throw new IllegalArgumentException("No such system: " + system);
        };
    slice = new Slice(contestant, inFlight, runs);
    steps = graph.steps();
    warmUp();
  }

  private void warmUp() throws InterruptedException {
    long deadline =
        System.nanoTime() + TimeUnit.MILLISECONDS.toNanos((long) PATIENCE * warmUpCpuMillis);
    while (SliceMeter.cpuMillis() < warmUpCpuMillis && System.nanoTime() < deadline) {
      slice.execute();
      contestant.tidy();
    }
  }

  /** Enough to make starting and draining a slice cheap, and few enough to keep all its runs. */
  private static int runs(Workload graph, int inFlight) {
    int least = inFlight == 1 ? 1 : inFlight * ROUNDS_IN_FLIGHT;
    return Math.max(least, Math.min(MOST_RUNS, STEPS_OF_A_SLICE / graph.size()));
  }

  /** One slice. */
  @Benchmark
  public void slice() throws InterruptedException {
    reading.begin();
    slice.execute();
    reading.end(slice.latencies(), steps);
  }

  /** Deletes the runs of the slice, which nobody measures. */
  @TearDown(Level.Invocation)
  public void tidy() {
    contestant.tidy();
  }

  /** Stops the threads. */
  @TearDown
  public void tearDown() {
    contestant.close();
  }
}
