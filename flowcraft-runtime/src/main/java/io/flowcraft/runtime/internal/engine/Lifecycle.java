package io.flowcraft.runtime.internal.engine;

import io.flowcraft.error.ErrorCode;
import io.flowcraft.event.FlowEvent;
import io.flowcraft.run.NodeStatus;
import io.flowcraft.run.RunError;
import io.flowcraft.run.RunOptions.FailurePolicy;
import io.flowcraft.run.RunResult;
import io.flowcraft.run.RunStatus;
import io.flowcraft.runtime.internal.engine.RunFrame.Stop;
import io.flowcraft.runtime.internal.graph.GraphNode;
import io.flowcraft.spi.Outcome;
import io.flowcraft.spi.Payload;
import io.flowcraft.spi.RunProgress;
import io.flowcraft.spi.RunRecord;
import io.flowcraft.spi.RunSlice;
import io.flowcraft.spi.Selection;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Brings runs to rest and to their end. */
final class Lifecycle {

  private static final Set<RunStatus> LIVE = EnumSet.of(RunStatus.RUNNING, RunStatus.AWAITING);

  static final String ERRORS = "errors";

  /** No instance has this key: parking it changes nothing and tells the progress. */
  private static final String NOBODY = "";

  private final Engine engine;
  private final Services services;

  Lifecycle(Engine engine) {
    this.engine = engine;
    this.services = engine.services();
  }

  /** Whether a due instance must not begin any more. Targets let those run that were due before. */
  boolean refuses(RunFrame frame) {
    Stop stop = frame.stop();
    return stop != null && stop != Stop.TARGETS;
  }

  /** Arms the deadline. */
  void watch(RunFrame frame) {
    Duration deadline = frame.options().deadline();
    if (deadline == null) {
      return;
    }
    long left = frame.beganAtMillis() + deadline.toMillis() - services.time().millis();
    frame
        .timers()
        .put(
            "",
            services
                .time()
                .schedule(
                    Duration.ofMillis(Math.max(0, left)),
                    () ->
                        services
                            .executor()
                            .execute(
                                () ->
                                    stop(
                                        frame,
                                        Stop.DEADLINE,
                                        "The run took longer than its deadline of "
                                            + deadline.toMillis()
                                            + " ms."))));
  }

  /** An instance was decided: that may be reason enough to stop. */
  void decided(RunFrame frame, Resolution resolution) {
    if (resolution.failed()
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
    if (frame.isEnded()) {
      return;
    }
    if (frame.stop() != null) {
      settleStop(frame);
      return;
    }
    int open = frame.open();
    if (open == 0) {
      end(frame, frame.failed(), frame.isDecidedHere());
    } else if (open < 0 || frame.parks()) {
      RunProgress now = progress(frame);
      if (now.known() && now.open() == 0) {
        end(frame, now.failed(), false);
      } else if (now.known() && now.open() == now.parked()) {
        pause(frame);
      }
    }
  }

  /**
   * Everything is decided. The run ends when everything is stored, too: another process may have
   * decided something that it is still about to store.
   *
   * @param stored whether it is known to be stored
   */
  private void end(RunFrame frame, int failed, boolean stored) {
    if (stored || engine.recovery().isStored(frame)) {
      finish(frame, failed > 0 ? RunStatus.FAILED : RunStatus.COMPLETED);
      return;
    }
    Duration delay = frame.looksForEnd();
    if (delay != null) {
      services.time().schedule(delay, () -> services.executor().execute(() -> lookForEnd(frame)));
    }
  }

  private void lookForEnd(RunFrame frame) {
    frame.looked();
    if (frame.isEnded() || !frame.strands().isEmpty()) {
      return;
    }
    Optional<RunRecord> stored = Stages.join(services.store().find(frame.runId()));
    if (stored.isPresent() && !stored.get().status().isFinal()) {
      idle(frame);
    } else if (frame.end()) {
      leave(frame, stored.orElse(frame.record()));
    }
  }

  /** Ends what kept a run from coming to rest. */
  void release(RunFrame frame) {
    if (frame.strands().release()) {
      idle(frame);
    }
  }

  /** How far a run is; parking nobody asks without changing anything. */
  private RunProgress progress(RunFrame frame) {
    RunProgress now = Stages.join(services.coordination().park(frame.runId(), NOBODY));
    if (!now.known() && !frame.isEnded()) {
      engine.recovery().rebuild(frame);
      now = Stages.join(services.coordination().park(frame.runId(), NOBODY));
    }
    return now;
  }

  /** Only parked instances are left, unless somebody has woken one in the meantime. */
  void pause(RunFrame frame) {
    boolean first;
    boolean external;
    RunRecord paused;
    CompletableFuture<RunStatus> rest;
    CompletableFuture<RunResult> settled;
    synchronized (frame.restLock()) {
      RunProgress now = progress(frame);
      boolean parked = now.known() && now.open() > 0 && now.open() == now.parked();
      if (frame.isEnded() || !parked || !frame.movingChildren().isEmpty()) {
        return;
      }
      paused = move(frame, EnumSet.of(RunStatus.RUNNING), RunStatus.AWAITING, null);
      first = frame.rests();
      external = frame.isForTheOutside();
      rest = frame.rest();
      settled = frame.settled();
    }
    if (first && services.events().isHeard()) {
      services.events().emit(new FlowEvent.RunPaused(frame.origin(services.time())));
    }
    rest.complete(RunStatus.AWAITING);
    engine.children().changed(frame);
    if (external && !settled.isDone()) {
      settled.complete(result(frame, paused));
    }
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

  /** Notes that a run moves again. Under its lock. */
  boolean movesNow(RunFrame frame) {
    boolean wasAtRest = frame.moves();
    if (wasAtRest) {
      move(frame, EnumSet.of(RunStatus.AWAITING), RunStatus.RUNNING, null);
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

  /** The run as it is stored afterwards. */
  private RunRecord move(
      RunFrame frame, Set<RunStatus> expected, RunStatus next, @Nullable Payload summary) {
    return Moves.move(services, frame.runId(), expected, next, summary)
        .orElseGet(() -> frame.record().withStatus(next, summary, services.time().millis()));
  }

  /** Asks a run to stop: nothing new begins; what runs is told, unless targets are the reason. */
  void stop(RunFrame frame, Stop why, String reason) {
    if (!frame.requestStop(why, reason)) {
      return;
    }
    frame.gate().clear();
    frame.interrupt();
    engine.children().stop(frame, reason);
    settleStop(frame);
  }

  /** Ends a stopped run once nothing of it executes any more. */
  void settleStop(RunFrame frame) {
    Stop stop = frame.stop();
    if (stop == null || !frame.strands().isEmpty() || frame.isEnded()) {
      return;
    }
    RunProgress now = progress(frame);
    boolean failed = now.failed() > 0;
    if (now.known() && now.open() == 0 && stop != Stop.DEADLINE) {
      end(frame, now.failed(), false);
      return;
    }
    switch (stop) {
      case CANCELLED -> {
        frame.addError(runError(ErrorCode.CANCELLED, "Workflow cancelled"));
        finish(frame, RunStatus.CANCELLED);
      }
      case DEADLINE -> {
        frame.addError(runError(ErrorCode.RUN_DEADLINE, frame.stopReason()));
        finish(frame, RunStatus.FAILED);
      }
      case FAILURE -> finish(frame, RunStatus.FAILED);
      case TARGETS -> finish(frame, failed ? RunStatus.FAILED : stalledOrAwaiting(now));
    }
  }

  private static RunStatus stalledOrAwaiting(RunProgress now) {
    return now.parked() > 0 ? RunStatus.AWAITING : RunStatus.STALLED;
  }

  private static RunError runError(ErrorCode code, String message) {
    return new RunError(code, null, message, List.of(), null, false);
  }

  private void finish(RunFrame frame, RunStatus status) {
    if (status == RunStatus.AWAITING) {
      pause(frame);
      return;
    }
    if (!frame.end()) {
      return;
    }
    List<RunError> errors = frame.errors();
    RunRecord ended;
    try {
      ended = move(frame, LIVE, status, summary(status, errors));
    } catch (RuntimeException e) {
      frame.notEnded();
      throw e;
    }
    announceEnd(frame, status, errors);
    leave(frame, ended);
    services.coordination().forget(frame.runId());
  }

  /** Tells everybody here that a run has ended. */
  private void leave(RunFrame frame, RunRecord ended) {
    RunStatus status = ended.status();
    forget(frame);
    CompletableFuture<RunStatus> rest;
    CompletableFuture<RunResult> settled;
    synchronized (frame.restLock()) {
      // Whoever was told of a pause before must not be told of it again.
      frame.moves();
      rest = frame.rest();
      settled = frame.settled();
    }
    rest.complete(status);
    settled.complete(result(frame, ended));
    engine.children().ended(frame, status);
  }

  /** From now on this process does not know the run. */
  private void forget(RunFrame frame) {
    if (!frame.timers().isEmpty()) {
      frame.timers().values().forEach(timer -> timer.cancel());
    }
    engine.frames().remove(frame.runId(), frame);
  }

  /**
   * Forgets a run that rests, so that it can be mended as if another process had left it.
   *
   * @return false if it moves
   */
  boolean letGo(RunFrame frame) {
    synchronized (frame.restLock()) {
      if (!frame.isAtRest() || !frame.movingChildren().isEmpty() || !frame.end()) {
        return false;
      }
      if (!frame.strands().isEmpty()) {
        frame.notEnded();
        return false;
      }
    }
    forget(frame);
    Stages.join(services.coordination().forget(frame.runId()));
    return true;
  }

  private void announceEnd(RunFrame frame, RunStatus status, List<RunError> errors) {
    if (!services.events().isHeard()) {
      return;
    }
    FlowEvent.Origin origin = frame.origin(services.time());
    if (status == RunStatus.STALLED) {
      int left = frame.graph().declared().size() + frame.added().size() - completedNodes(frame);
      services.events().emit(new FlowEvent.RunStalled(origin, Math.max(0, left)));
    }
    services.events().emit(new FlowEvent.RunFinished(origin, status, errors));
  }

  private int completedNodes(RunFrame frame) {
    Set<String> completed = new HashSet<>();
    for (GraphNode node : frame.graph().declared()) {
      if (frame.initial().containsKey(ContextReader.OUTPUTS + node.id())) {
        completed.add(node.id());
      }
    }
    RunSlice slice = Stages.join(services.store().read(frame.runId(), Selection.ALL));
    for (Outcome outcome : slice.outcomes().values()) {
      if (outcome.status() == NodeStatus.COMPLETED) {
        completed.add(outcome.nodeId());
      }
    }
    return completed.size();
  }

  private Payload summary(RunStatus status, List<RunError> errors) {
    if (errors.isEmpty()) {
      return engine.emptySummary();
    }
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("status", status.name());
    data.put(ERRORS, errors.stream().map(Detail::error).toList());
    return services.values().payload(data);
  }

  /** Answers those who wait for a run that had ended before this process knew it. */
  void settleEnded(RunFrame frame) {
    RunStatus status = frame.record().status();
    if (status.isFinal() && !frame.settled().isDone()) {
      frame.rest().complete(status);
      frame.settled().complete(result(frame, frame.record()));
    }
  }

  /** The run as it is now, its record included. */
  RunResult result(RunFrame frame, RunRecord now) {
    return new StoredRunResult(
        services,
        frame,
        now,
        frame.errors(),
        Stages.join(services.store().read(frame.runId(), Selection.ALL)),
        this::context);
  }

  private @Nullable Map<String, @Nullable Object> context(String runId) {
    RunFrame child = engine.recovery().load(runId);
    return child == null ? null : result(child, child.record()).context();
  }
}
