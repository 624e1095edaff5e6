package io.flowcraft.chaos;

import java.io.PrintStream;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A fleet under load that is disturbed for a while, healed, and examined. */
final class Chaos {

  private static final int IN_FLIGHT = 64;
  private static final int PROGRESS = IN_FLIGHT;
  private static final Duration LOOK = Duration.ofMillis(100);
  private static final Duration LONGEST_RECOVERY = Duration.ofSeconds(6);
  private static final Duration LONGEST_END = Duration.ofMinutes(2);

  private final long seed;
  private final Duration length;
  private final PrintStream progress;
  private final Map<Fault, Integer> faults = new EnumMap<>(Fault.class);
  private final CountDownLatch never = new CountDownLatch(1);
  private long begun;

  /**
   * Chaos to be.
   *
   * @param seed which faults come
   * @param length how long the fleet is disturbed; the last fault may go on for a little longer
   * @param progress is told what happens
   */
  Chaos(long seed, Duration length, PrintStream progress) {
    this.seed = seed;
    this.length = length;
    this.progress = progress;
  }

  /** Starts everything, and ends everything whatever happens. */
  Report run() throws InterruptedException {
    begun = System.nanoTime();
    tell("seed " + seed + "; starting Kafka, Cassandra, Redis and workers");
    try (Fleet fleet = new Fleet();
        Client client = new Client(fleet.properties());
        Load load = new Load(client, IN_FLIGHT)) {
      awaitProgress(load, Duration.ofMinutes(1));
      disturb(fleet, load);
      fleet.heal();
      tell("everything is healthy; " + load.ended() + " runs have ended, the rest should");
      long healed = System.nanoTime();
      load.finish(LONGEST_END);
      Duration recovery = Duration.ofNanos(System.nanoTime() - healed);
      Map<String, Scenario> runs = load.runs();
      tell("reading " + runs.size() + " runs back");
      Audit audit = new Audit(client);
      audit.examine(runs);
      return new Report(
          seed, runs.size(), load.ended(), audit.outcomes(), recovery, faults, audit.findings());
    }
  }

  private void disturb(Fleet fleet, Load load) throws InterruptedException {
    Plan plan = new Plan(seed, fleet.size());
    long end = System.nanoTime() + length.toNanos();
    while (System.nanoTime() < end) {
      List<Stroke> strokes = plan.next();
      tell(load.ended() + " runs have ended; " + strokes);
      for (Stroke stroke : strokes) {
        fleet.strike(stroke);
        faults.merge(stroke.fault(), 1, Integer::sum);
      }
      for (Stroke stroke : strokes) {
        pass(stroke.lasting());
        fleet.repair(stroke);
      }
      awaitProgress(load, LONGEST_RECOVERY);
      pass(plan.peace());
    }
  }

  /** Waits until some more runs have ended, or a while if they don't. */
  private void awaitProgress(Load load, Duration atMost) throws InterruptedException {
    int before = load.ended();
    long end = System.nanoTime() + atMost.toNanos();
    while (load.ended() < before + PROGRESS && System.nanoTime() < end) {
      pass(LOOK);
    }
  }

  private void pass(Duration time) throws InterruptedException {
    if (never.await(time.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new IllegalStateException("never is over");
    }
  }

  private void tell(String what) {
    progress.printf("%6.1f s  %s%n", (System.nanoTime() - begun) / 1e9, what);
  }
}
