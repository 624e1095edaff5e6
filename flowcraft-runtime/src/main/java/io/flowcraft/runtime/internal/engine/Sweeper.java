package io.flowcraft.runtime.internal.engine;

import io.flowcraft.run.RunStatus;
import io.flowcraft.spi.Outcome;
import io.flowcraft.spi.RunPage;
import io.flowcraft.spi.RunProgress;
import io.flowcraft.spi.RunQuery;
import io.flowcraft.spi.RunRecord;
import io.flowcraft.spi.Selection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after the runs of a fleet: wakes what is due, and takes over runs that nobody shows life
 * of. Every worker has one, and they may work at the same time.
 */
final class Sweeper {

  private static final Logger log = LoggerFactory.getLogger(Sweeper.class);

  private static final Set<RunStatus> MOVING =
      Set.of(RunStatus.RUNNING, RunStatus.CANCELLING, RunStatus.COMPENSATING);
  private static final Set<RunStatus> LIVE =
      Set.of(RunStatus.RUNNING, RunStatus.AWAITING, RunStatus.CANCELLING, RunStatus.COMPENSATING);
  private static final int PAGE = 1_000;

  /** A line may get longer while somebody stands in it. */
  private static final int LINES = 2;

  private final Engine engine;
  private final Services services;
  private final Pace pace;
  private Map<String, Seen> seen = new HashMap<>();
  private long sweptAt = Long.MIN_VALUE;
  private long fullySweptAt = Long.MIN_VALUE;

  /** How a run stood when it was looked at, and since when. */
  private record Seen(long epoch, RunProgress progress, long sinceMillis, boolean waits) {}

  Sweeper(Engine engine, Pace pace) {
    this.engine = engine;
    this.services = engine.services();
    this.pace = pace;
  }

  void tick() {
    long now = services.time().millis();
    wakeUp(now);
    if (isTime(sweptAt, now, pace.leaseAfter())) {
      boolean full = isTime(fullySweptAt, now, pace.fullSweep());
      sweptAt = now;
      fullySweptAt = full ? now : fullySweptAt;
      sweep(full ? LIVE : MOVING, now);
    }
  }

  private static boolean isTime(long last, long now, Duration every) {
    return last == Long.MIN_VALUE || now - last >= every.toMillis();
  }

  /** Whoever knows a run has its timers; so the runs with due timers become known here. */
  private void wakeUp(long now) {
    for (RunRecord run : list(LIVE, now)) {
      guarded(run, () -> engine.recovery().wakeUp(run));
    }
  }

  private void sweep(Set<RunStatus> statuses, long now) {
    Map<String, Seen> before = seen;
    Map<String, Seen> next = new HashMap<>();
    if (!statuses.contains(RunStatus.AWAITING)) {
      // Those are not looked at this time, and remembered until they are.
      before.forEach((runId, run) -> keepWaiting(next, runId, run));
    }
    for (RunRecord run : list(statuses, null)) {
      guarded(
          run,
          () -> {
            Seen found = examine(run, before.get(run.runId()), now);
            if (found != null) {
              next.put(run.runId(), found);
            }
          });
    }
    seen = next;
  }

  private static void keepWaiting(Map<String, Seen> kept, String runId, Seen run) {
    if (run.waits) {
      kept.put(runId, run);
    }
  }

  private List<RunRecord> list(Set<RunStatus> statuses, @Nullable Long wakesBefore) {
    List<RunRecord> all = new ArrayList<>();
    String cursor = null;
    do {
      RunPage page =
          Stages.join(
              services.store().list(new RunQuery(statuses, null, wakesBefore, cursor, PAGE)));
      all.addAll(page.runs());
      cursor = page.cursor();
    } while (cursor != null);
    return all;
  }

  /** One run that can't be looked at does not keep the others from being looked at. */
  private static void guarded(RunRecord run, Runnable action) {
    try {
      action.run();
    } catch (RuntimeException e) {
      log.warn("Run {} could not be looked after; it will be looked at again.", run.runId(), e);
    }
  }

  /** Looks at a run and does what it needs; how it stands, to compare with next time. */
  private @Nullable Seen examine(RunRecord run, @Nullable Seen before, long now) {
    if (run.status() == RunStatus.COMPENSATING) {
      RunFrame frame = engine.recovery().load(run.runId());
      if (frame != null && frame.isCompensating()) {
        engine.sagas().lookAfter(frame);
      }
      return null;
    }
    RunProgress progress =
        Stages.join(services.coordination().park(run.runId(), run.epoch(), Lifecycle.NOBODY));
    boolean waits = run.status() == RunStatus.AWAITING;
    Seen current =
        before != null && before.epoch == run.epoch() && before.progress.equals(progress)
            ? before
            : new Seen(run.epoch(), progress, now, waits);
    boolean stands = now - current.sinceMillis >= patienceMillis(now);
    boolean isTold = run.status() == RunStatus.CANCELLING;
    if ((stands || !progress.known()) && !isTold && isOrphan(run)) {
      RunFrame frame = engine.recovery().load(run.runId());
      if (frame != null && !frame.isEnded()) {
        engine.lifecycle().cancel(frame, "nobody waits for it any more");
      }
      return null;
    }
    if (!progress.known()) {
      lookAfterUnknown(run);
      return null;
    }
    if (!stands) {
      return current;
    }
    if (waits && progress.open() > 0 && progress.open() == progress.parked()) {
      lookAfterChildren(run);
      return new Seen(run.epoch(), progress, now, true);
    }
    log.info("Run {} stands still with {}; looking after it.", run.runId(), progress);
    lookAfter(run, progress);
    return new Seen(run.epoch(), progress, now, waits);
  }

  /** While jobs are in line for long, a run that stands still is more likely waiting than lost. */
  private long patienceMillis(long now) {
    return pace.stalledAfter().toMillis() + LINES * engine.line().millis(now);
  }

  /** The coordination data of a run are lost. One that waits needs them when it is woken. */
  private void lookAfterUnknown(RunRecord run) {
    RunFrame frame = engine.recovery().load(run.runId());
    if (frame != null) {
      engine.renewal().follow(frame, run);
    }
    if (frame != null && !frame.isEnded() && run.status() != RunStatus.AWAITING) {
      engine.lifecycle().standing(frame);
    } else if (frame != null && !frame.isEnded()) {
      engine.children().lookAfter(frame);
      takeOverIfAbandoned(frame, null);
    }
  }

  /** Whether a child is left of a run that has ended, or of a node that is decided. */
  private boolean isOrphan(RunRecord run) {
    String parent = run.parentRunId();
    String instance = run.parentInstance();
    if (parent == null || instance == null || instance.equals(Sagas.INSTANCE)) {
      return false;
    }
    Optional<RunRecord> above = Stages.join(services.store().find(parent));
    if (above.isEmpty()) {
      return true;
    }
    if (Repairs.isAhead(run, above.get())) {
      return false;
    }
    if (above.get().status().isFinal()) {
      return true;
    }
    Outcome outcome =
        Stages.join(services.store().read(parent, Selection.outcomes(List.of(instance))))
            .outcomes()
            .get(instance);
    return outcome != null && outcome.status().isFinal();
  }

  /** A run may wait for a child that has ended without a word. */
  private void lookAfterChildren(RunRecord run) {
    RunFrame frame = engine.recovery().load(run.runId());
    if (frame != null && !frame.isEnded()) {
      engine.children().lookAfter(frame);
    }
  }

  private void lookAfter(RunRecord run, RunProgress progress) {
    RunFrame frame = engine.recovery().load(run.runId());
    if (frame == null || frame.isEnded()) {
      return;
    }
    engine.children().lookAfter(frame);
    engine.lifecycle().lookAfter(frame);
    if (!frame.isEnded()) {
      takeOverIfAbandoned(frame, progress);
    }
  }

  /**
   * Begins a new epoch if something is due and nobody shows that it is at it.
   *
   * @param progress how far the run is, as the coordination store has it; if the context store has
   *     it otherwise, and nothing is due, the two are out of step; null if nothing is known
   */
  private void takeOverIfAbandoned(RunFrame frame, @Nullable RunProgress progress) {
    long epoch = frame.epoch();
    Replay replay = engine.recovery().replay(frame);
    List<Due> due = replay.due();
    boolean abandoned = !replay.missing().outcomes().isEmpty();
    for (Due instance : due) {
      abandoned |= !isAlive(frame, instance.instance().key());
    }
    boolean outOfStep = progress != null && !replay.waitsLike(progress);
    if (due.isEmpty() && outOfStep && !replay.isComplete()) {
      abandoned |= replay.parked().stream().noneMatch(key -> isAlive(frame, key));
    }
    if (abandoned && frame.epoch() == epoch) {
      Stages.join(engine.renewal().takeOver(frame, epoch, List.of()));
    }
  }

  private boolean isAlive(RunFrame frame, String instance) {
    return Stages.join(services.coordination().get(Pulse.lease(frame.runId(), instance))) != null;
  }
}
