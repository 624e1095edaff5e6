package io.flowcraft.benchmarks.inprocess;

import java.util.List;
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
 * Executes slices of runs. The cases take turns, one iteration each, in a JVM that has compiled
 * what all of them need. JMH counts slices; {@link SliceMeter} counts steps, bytes and latencies by
 * case, and is the one to read.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(
    value = 1,
    jvmArgsAppend = {"-Xms2g", "-Xmx2g", "-Dslf4j.internal.verbosity=ERROR"})
@Warmup(iterations = 0)
@Measurement(iterations = 20, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class InProcessBenchmark {

  /** Who runs the graphs. */
  @Param({"flowcraft", "completable-future"})
  private String system = "";

  /** What is run: workloads, with the number of runs that are under way at a time. */
  @Param("chain-10@1 chain-10@64 fan-100@1 fan-100@64")
  private String cases = "";

  /** How long the JVM may take to get warm; it is measured when its compiler has come to rest. */
  @Param("30")
  private int patienceSeconds;

  private final SliceMeter.Reading reading = SliceMeter.reading();
  private Contestant contestant;
  private List<Slice> slices;
  private Slice slice;
  private int turn;

  /** Made by JMH. */
  @SuppressWarnings("NullAway.Init") // set by setUp and nextCase, which JMH calls first
  public InProcessBenchmark() {}

  /** Builds the graphs and everything that a user keeps from run to run, and warms up. */
  @Setup
  public void setUp() throws InterruptedException {
    int cores = Runtime.getRuntime().availableProcessors();
    contestant = Systems.byName(system, cores);
    slices = Case.parse(cases).stream().map(each -> new Slice(each, contestant)).toList();
    new WarmUp(slices, patienceSeconds).run();
  }

  /** Chooses the case of the iteration, which must not pay for the garbage of the one before. */
  @Setup(Level.Iteration)
  public void nextCase() {
    System.gc();
    slice = slices.get(turn++ % slices.size());
  }

  /** One slice. */
  @Benchmark
  public void slice() throws InterruptedException {
    reading.begin();
    slice.execute();
    reading.end(slice);
  }

  /** Deletes the runs of the slice, which nobody measures. */
  @TearDown(Level.Invocation)
  public void tidy() {
    slice.tidy();
  }

  /** Stops the threads. */
  @TearDown
  public void tearDown() {
    contestant.close();
  }
}
