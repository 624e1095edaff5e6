package io.flowcraft.runtime.internal.engine;

import io.flowcraft.error.ErrorCode;
import io.flowcraft.event.FlowEvent;
import io.flowcraft.run.NodeStatus;
import io.flowcraft.run.RunError;
import io.flowcraft.run.RunOptions.FailurePolicy;
import io.flowcraft.run.RunStatus;
import io.flowcraft.runtime.internal.engine.RunFrame.Stop;
import io.flowcraft.spi.Payload;
import io.flowcraft.spi.RunProgress;
import io.flowcraft.spi.RunRecord;
import io.flowcraft.spi.RunSlice;
import io.flowcraft.spi.Selection;
import io.flowcraft.spi.TimeSource;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Says how far runs are, and brings them to their end. */
final class Lifecycle {

  private static final String REASON = "reason";

  /** So long a run that is told to stop waits for nodes that run on other workers. */
  private static final Duration STOP_GRACE = Duration.ofSeconds(3);

  /** So often the progress is asked for while others begin epoch after epoch. */
  private static final int ASKS = 5;

  /** No instance has this key: parking it changes nothing and tells the progress. */
  static final String NOBODY = "";

  /** Among the timers of a run; no instance has this key. */
  private static final String DEADLINE = "";

  private final Engine engine;
  private final Services services;

  Lifecycle(Engine engine) {
    this.engine = engine;
    this.services = engine.services();
  }

  /** Whether a due instance must not begin any more. Targets let those run that were due before. */
  boolean refuses(RunFrame frame) {
    Stop stop = frame.stop();
    return (stop != null && stop != Stop.TARGETS) || frame.isCompensating();
  }

  /** Arms the deadline. */
  void watch(RunFrame frame) {
    Duration deadline = frame.options().deadline();
    if (deadline == null) {
      return;
    }
    long left = frame.record().beganAtMillis() + deadline.toMillis() - services.time().millis();
    String reason = "The run took longer than its deadline of " + deadline.toMillis() + " ms.";
    TimeSource.Timer before =
        frame
            .timers()
            .put(
                DEADLINE,
                services
                    .time()
                    .schedule(
                        Duration.ofMillis(Math.max(0, left)),
                        () -> engine.perform(() -> stop(frame, Stop.DEADLINE, reason))));
    if (before != null) {
      before.cancel();
    }
  }

  /** An instance was decided: that may be reason enough to stop. */
  void decided(RunFrame frame, Resolution resolution) {
    if ((resolution.failed() || frame.failed() > 0)
        && frame.options().failurePolicy() == FailurePolicy.STOP
        && frame.stop() == null) {
      stop(frame, Stop.FAILURE, "a node failed");
    }
    if (frame.hasTargets()
        && resolution.status() == NodeStatus.COMPLETED
        && frame.reached(resolution.instance().node().id())) {
      frame.requestStop(Stop.TARGETS, "all targets are reached");
    }
  }

  /**
   * No strand of this process is at work on a run any more, so that whatever was decided is stored:
   * the run may be at its end, or at rest.
   */
  void idle(RunFrame frame) {
    if (frame.isEnded() || frame.isCompensating()) {
      return;
    }
    if (frame.stop() != null) {
      settleStop(frame);
      return;
    }
    long epoch = frame.epoch();
    int open = frame.open();
    if (open == 0) {
      end(frame, epoch, frame.failed(), frame.isDecidedHere());
    } else if (open < 0 || frame.parks() || frame.hasParked()) {
      Standing now = standing(frame);
      if (now.isDecided()) {
        end(frame, now.epoch, now.progress.failed(), false);
      } else if (now.rests()) {
        engine.resting().pauseIfStored(frame, now);
      }
    }
  }

  /**
   * Everything is decided. The run ends when everything is stored, too: another process may have
   * decided something that it is still about to store.
   *
   * @param stored whether it is known to be stored
   */
  private void end(RunFrame frame, long epoch, int failed, boolean stored) {
    if (stored || isStored(frame, epoch)) {
      engine.endings().finish(frame, epoch, failed > 0 ? RunStatus.FAILED : RunStatus.COMPLETED);
      return;
    }
    long now = services.time().millis();
    Duration delay = frame.endWatch().begin(epoch, now);
    if (delay != null && isInVain(frame, now)) {
      // Whoever was to store it must be dead.
      frame.endWatch().looked();
      Stages.join(engine.renewal().takeOver(frame, frame.epoch(), List.of()));
    } else if (delay != null) {
      services.time().schedule(delay, () -> engine.perform(() -> lookForEnd(frame)));
    }
  }

  /**
   * Whether what is stored is all that the run needs to be at its end; others may have stored it.
   */
  private boolean isStored(RunFrame frame, long epoch) {
    RunSlice slice = Stages.join(services.store().read(frame.runId(), Selection.ALL));
    engine.recovery().learn(frame, slice);
    return Replay.of(engine, frame, slice, epoch).isComplete();
  }

  private boolean isInVain(RunFrame frame, long now) {
    Pace pace = services.settings().pace();
    return pace != null && now - frame.endWatch().sinceMillis() > pace.stalledAfter().toMillis();
  }

  private void lookForEnd(RunFrame frame) {
    frame.endWatch().looked();
    if (frame.isEnded() || !frame.strands().isEmpty()) {
      return;
    }
    Optional<RunRecord> stored = Stages.join(services.store().find(frame.runId()));
    if (stored.isPresent() && !stored.get().status().isFinal()) {
      idle(frame);
    } else {
      engine.endings().endedElsewhere(frame, stored);
    }
  }

  /** Ends what kept a run from coming to rest. */
  void release(RunFrame frame) {
    if (frame.strands().release()) {
      idle(frame);
    }
  }

  /** The same, by another thread, as this one must not wait for a store. */
  void releaseSoon(RunFrame frame) {
    if (frame.strands().release()) {
      idleSoon(frame);
    }
  }

  /** Looks, by another thread, whether a run that nobody is at work on is at rest or its end. */
  void idleSoon(RunFrame frame) {
    engine.perform(
        () -> {
          // If a backend has failed in between, others may be at work on it by now.
          if (frame.strands().isEmpty()) {
            idle(frame);
          }
        });
  }

  /** A run has not moved for a while: it may be at rest or at its end without anybody knowing. */
  void lookAfter(RunFrame frame) {
    if (!frame.strands().isEmpty() || frame.isEnded() || frame.isCompensating()) {
      return;
    }
    frame.doubt();
    Standing now = standing(frame);
    if (frame.stop() != null) {
      frame.outlived();
      settleStop(frame);
    } else if (now.isDecided()) {
      if (isStored(frame, now.epoch)) {
        engine
            .endings()
            .finish(
                frame,
                now.epoch,
                now.progress.failed() > 0 ? RunStatus.FAILED : RunStatus.COMPLETED);
      }
    } else if (now.rests()) {
      engine.resting().pauseIfStored(frame, now);
    }
  }

  /** A run that nobody here works on has been seen in the store. */
  void seen(RunFrame frame, RunRecord stored) {
    engine.renewal().follow(frame, stored);
    if (stored.status() == RunStatus.CANCELLING && frame.stop() == null) {
      cancelled(frame, stored);
    } else if (stored.status() == RunStatus.AWAITING) {
      engine.resting().seen(frame);
    }
  }

  /** Others may have woken a run that was at rest here: who asks now waits for its next rest. */
  void freshen(RunFrame frame) {
    if (services.settings().isAlone() || frame.isEnded() || !frame.settled().isDone()) {
      return;
    }
    Optional<RunRecord> stored = Stages.join(services.store().find(frame.runId()));
    if (stored.isEmpty() || stored.get().status().isFinal()) {
      engine.endings().endedElsewhere(frame, stored);
    } else if (stored.get().status() != RunStatus.AWAITING) {
      synchronized (frame.restLock()) {
        frame.moves();
      }
    }
  }

  /**
   * How far a run is in an epoch: whatever is concluded from it holds in that epoch only.
   *
   * @param epoch the epoch
   * @param progress unknown if the run has ended, or if epoch follows epoch
   */
  record Standing(long epoch, RunProgress progress) {

    boolean isDecided() {
      return progress.known() && progress.open() == 0;
    }

    boolean rests() {
      return progress.known() && progress.open() > 0 && progress.open() == progress.parked();
    }
  }

  /** How far a run is; parking nobody asks without changing anything. */
  Standing standing(RunFrame frame) {
    long epoch = frame.epoch();
    for (int i = 0; i < ASKS && !frame.isEnded() && !frame.isCompensating(); i++) {
      epoch = frame.epoch();
      RunProgress now = Stages.join(services.coordination().park(frame.runId(), epoch, NOBODY));
      if (now.known()) {
        return new Standing(epoch, now);
      }
      Stages.join(engine.renewal().renew(frame, epoch));
    }
    return new Standing(epoch, RunProgress.UNKNOWN);
  }

  /**
   * A run moves again.
   *
   * @param instance what does not wait any more, neither for a timer nor for a child
   */
  void moves(RunFrame frame, String instance) {
    boolean wasAtRest;
    synchronized (frame.restLock()) {
      frame.sleeping().remove(instance);
      frame.movingChildren().remove(instance);
      wasAtRest = movesNow(frame);
    }
    announceMove(frame, wasAtRest);
  }

  /** Stores of a run, and of those above it, that it moves, before it does. */
  void willMove(String lowest) {
    String runId = lowest;
    while (runId != null) {
      RunRecord run = Stages.join(services.store().find(runId)).orElse(null);
      if (run != null && run.status() == RunStatus.AWAITING) {
        Moves.move(
            services, runId, run.epoch(), EnumSet.of(RunStatus.AWAITING), RunStatus.RUNNING, null);
      }
      runId = run == null ? null : run.parentRunId();
    }
  }

  /** Notes that a run moves again. Under its lock. */
  boolean movesNow(RunFrame frame) {
    boolean wasAtRest = frame.moves();
    if (wasAtRest) {
      move(frame, frame.epoch(), EnumSet.of(RunStatus.AWAITING), RunStatus.RUNNING, null);
    }
    return wasAtRest;
  }

  /** Tells of a run that moves again, and the runs above it. */
  void announceMove(RunFrame frame, boolean wasAtRest) {
    if (!wasAtRest) {
      return;
    }
    if (services.events().isHeard()) {
      services.events().emit(new FlowEvent.RunResumed(frame.origin(services.time())));
    }
    engine.children().changed(frame);
  }

  /** Moves a run to another status; the run as it is stored afterwards. */
  RunRecord move(
      RunFrame frame,
      long epoch,
      Set<RunStatus> expected,
      RunStatus next,
      @Nullable Payload summary) {
    return Moves.move(services, frame.runId(), epoch, expected, next, summary)
        .orElseGet(() -> frame.record().withStatus(next, summary, services.time().millis()));
  }

  /** Asks a run to stop: nothing new begins; what runs is told, unless targets are the reason. */
  void stop(RunFrame frame, Stop why, String reason) {
    if (frame.requestStop(why, reason)) {
      // Those that wait find out that nothing new begins.
      frame.gate().clear().forEach(Strand::admit);
      frame.interrupt();
      engine.children().stop(frame, reason);
    } else if (why != Stop.DEADLINE) {
      return;
    }
    // Each tick comes back to a deadline that is over: a backend may have failed the last time.
    settleStop(frame);
    if (!frame.isEnded() && !services.settings().isAlone()) {
      // Others may be at work on it; they are told, and this is how long they have.
      services
          .time()
          .schedule(STOP_GRACE, () -> engine.perform(() -> settleStop(frame.outlived())));
    }
  }

  /** Asks a run to stop, for all processes and for good; what becomes of it then is up to them. */
  void cancel(RunFrame frame, String reason) {
    Map<String, Object> summary = Map.of(REASON, reason);
    Set<RunStatus> expected = EnumSet.of(RunStatus.RUNNING, RunStatus.AWAITING);
    RunRecord stored = null;
    while (stored == null || (expected.contains(stored.status()) && !frame.isEnded())) {
      stored =
          move(
              frame,
              frame.epoch(),
              expected,
              RunStatus.CANCELLING,
              services.values().payload(summary));
      if (stored.epoch() != frame.epoch()) {
        Stages.join(engine.renewal().renew(frame, frame.epoch()));
      }
    }
    if (stored.status() == RunStatus.COMPENSATING) {
      return;
    }
    if (stored.status().isFinal()) {
      engine.endings().endedElsewhere(frame, Optional.of(stored));
    } else {
      if (!services.settings().isAlone()) {
        synchronized (frame.restLock()) {
          // Others may have to end what they do: who asks now waits for the end, not for a rest.
          frame.moves();
        }
        Stages.join(engine.pulse().tell(frame.runId(), reason));
      }
      stop(frame, Stop.CANCELLED, reason);
    }
  }

  /** A run is being cancelled. */
  void cancelled(RunFrame frame, RunRecord stored) {
    String reason =
        stored.summary() != null
                && stored.summary().value() instanceof Map<?, ?> summary
                && summary.get(REASON) instanceof String text
            ? text
            : "";
    stop(frame, Stop.CANCELLED, reason);
  }

  /** Ends a stopped run once nothing of it executes any more. */
  void settleStop(RunFrame frame) {
    Stop stop = frame.stop();
    if (stop == null || !frame.strands().isEmpty() || frame.isEnded() || frame.isCompensating()) {
      return;
    }
    Standing standing = standing(frame);
    RunProgress now = standing.progress;
    boolean failed = now.failed() > 0;
    if (standing.isDecided() && stop != Stop.DEADLINE) {
      end(frame, standing.epoch, now.failed(), false);
      return;
    }
    if (!isTimeToStop(frame, now)) {
      return;
    }
    if (!services.settings().isAlone()) {
      // The end tells all errors, also those that others have met.
      engine.recovery().learn(frame, engine.recovery().slice(frame));
    }
    switch (stop) {
      case CANCELLED -> {
        frame.addError(runError(ErrorCode.CANCELLED, "Workflow cancelled"));
        engine.endings().finish(frame, standing.epoch, RunStatus.CANCELLED);
      }
      case DEADLINE -> {
        frame.addError(runError(ErrorCode.RUN_DEADLINE, frame.stopReason()));
        engine.endings().finish(frame, standing.epoch, RunStatus.FAILED);
      }
      case FAILURE -> engine.endings().finish(frame, standing.epoch, RunStatus.FAILED);
      case TARGETS ->
          engine
              .endings()
              .finish(frame, standing.epoch, failed ? RunStatus.FAILED : stalledOrAwaiting(now));
    }
  }

  /**
   * Whether a run that is told to stop can end with work left: in a fleet others may be at work on
   * it, who get some time.
   */
  private boolean isTimeToStop(RunFrame frame, RunProgress now) {
    return services.settings().isAlone()
        || frame.isOutlived()
        || (now.known() && now.open() == now.parked());
  }

  private static RunStatus stalledOrAwaiting(RunProgress now) {
    return now.parked() > 0 ? RunStatus.AWAITING : RunStatus.STALLED;
  }

  private static RunError runError(ErrorCode code, String message) {
    return new RunError(code, null, message, List.of(), null, false);
  }
}
