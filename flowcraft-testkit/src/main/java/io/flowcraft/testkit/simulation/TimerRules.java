package io.flowcraft.testkit.simulation;

import io.flowcraft.run.NodeStatus;
import io.flowcraft.run.RunStatus;
import io.flowcraft.spi.Outcome;
import io.flowcraft.spi.RunRecord;
import java.time.Duration;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What is due is late by a tick at most, as long as one process has been well since then.
 *
 * <p>A process is well that lives, does not stand still, waits for no answer, and reaches every
 * backend. Looked at whenever time is about to pass: whoever waits then waits for a while.
 */
final class TimerRules {

  /** A tick, and by how much a clock may be behind. */
  private static final long LATEST_MILLIS = Launcher.TICK.plus(Fleet.MOST_SKEW).toMillis();

  /** So long what is executed elsewhere may take to its end when the deadline is over. */
  private static final long STOP_MILLIS = Duration.ofSeconds(5).toMillis();

  /** Sweepers look after runs that stand still, wait for leases to end, and look again. */
  private static final long STANDSTILL_MILLIS = Duration.ofMinutes(15).toMillis();

  private final World world;
  private final ObservedStore store;
  private final Coordination coordination;
  private final Consumer<Breach> breaches;
  private final boolean mixed;
  private final Map<Timer, Long> timers = new TreeMap<>();
  private long movedAt;

  /**
   * Rules.
   *
   * @param mixed whether some processes lack what others have: then a job may be handed back again
   *     and again, and nobody can say for how long
   */
  TimerRules(
      World world,
      ObservedStore store,
      Coordination coordination,
      boolean mixed,
      Consumer<Breach> breaches) {
    this.mixed = mixed;
    this.world = world;
    this.store = store;
    this.coordination = coordination;
    this.breaches = breaches;
  }

  /**
   * Something that is to happen by itself.
   *
   * @param instance what is to go on; empty for the deadline of the run
   */
  private record Timer(String runId, String instance) implements Comparable<Timer> {

    @Override
    public int compareTo(Timer other) {
      int byRun = runId.compareTo(other.runId);
      return byRun == 0 ? instance.compareTo(other.instance) : byRun;
    }
  }

  /** Something of a run is stored. */
  void moved() {
    movedAt = world.millis();
  }

  /** A run has been created. */
  void created(RunRecord run) {
    Long stopAt = run.stopAtMillis();
    if (stopAt != null) {
      timers.put(new Timer(run.runId(), ""), stopAt);
    }
  }

  /** An outcome is stored. */
  void stored(String runId, Outcome outcome) {
    Timer timer = new Timer(runId, outcome.instance());
    Long wakeUpAt = isParked(outcome) ? outcome.wakeUpAtMillis() : null;
    if (wakeUpAt == null) {
      timers.remove(timer);
    } else {
      timers.put(timer, wakeUpAt);
    }
  }

  private static boolean isParked(Outcome outcome) {
    return outcome.status() == NodeStatus.TIMER || outcome.status() == NodeStatus.AWAITING;
  }

  /**
   * Time is about to pass.
   *
   * @param wellSince since when a process has been well, in milliseconds of the world; null if none
   *     is
   */
  void timePasses(@Nullable Long wellSince) {
    if (wellSince == null) {
      return;
    }
    if (!mixed && world.millis() - Math.max(movedAt, wellSince) > STANDSTILL_MILLIS) {
      movedAt = world.millis();
      requireRest();
    }
    if (timers.isEmpty()) {
      return;
    }
    long skipped = world.now().toEpochMilli() - world.millis();
    Iterator<Map.Entry<Timer, Long>> all = timers.entrySet().iterator();
    while (all.hasNext()) {
      Map.Entry<Timer, Long> next = all.next();
      Timer timer = next.getKey();
      long since = Math.max(next.getValue() - skipped, wellSince);
      long most = LATEST_MILLIS + (timer.instance.isEmpty() ? STOP_MILLIS : 0);
      if (world.millis() - since > most) {
        if (isLeft(timer)) {
          breaches.accept(
              new Breach(
                  "what is due is late by a tick at most",
                  timer.runId
                      + " "
                      + (timer.instance.isEmpty() ? "(deadline)" : timer.instance)
                      + " has been due for "
                      + (world.millis() - since) / 1_000
                      + " s in which somebody was there to wake it"));
        }
        all.remove();
      }
    }
  }

  /** Nothing has moved for long: then nobody has anything to do but the outside. */
  private void requireRest() {
    for (RunRecord run : store.runs()) {
      if (run.status() == RunStatus.RUNNING && !coordination.isAnythingLeased()) {
        breaches.accept(
            new Breach(
                "I2 something wakes whatever is unfinished",
                run.runId() + " stands still, and somebody was there to see it"));
      }
    }
  }

  /** Whether nobody has begun to do what is due. */
  private boolean isLeft(Timer timer) {
    RunRecord run = store.run(timer.runId);
    if (run == null || (run.status() != RunStatus.RUNNING && run.status() != RunStatus.AWAITING)) {
      return false;
    }
    return timer.instance.isEmpty()
        || coordination.isParked(timer.runId, run.epoch(), timer.instance);
  }
}
