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
import io.flowcraft.spi.CoordinationStore;
import io.flowcraft.spi.Outcome;
import io.flowcraft.spi.Payload;
import io.flowcraft.spi.RunProgress;
import io.flowcraft.spi.RunSlice;
import io.flowcraft.spi.Selection;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Brings runs to rest and to their end. */
final class Lifecycle {

  private static final Set<RunStatus> LIVE = EnumSet.of(RunStatus.RUNNING, RunStatus.AWAITING);

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
    long left = frame.record().createdAtMillis() + deadline.toMillis() - services.time().millis();
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

  /** Nothing new begins in this strand: the run may be finished, or at rest. */
  void progressed(RunFrame frame, int open, int parked, int failed) {
    if (frame.stop() != null) {
      return;
    }
    if (open == 0) {
      finish(frame, failed > 0 ? RunStatus.FAILED : RunStatus.COMPLETED);
    } else if (open == parked) {
      pause(frame);
    }
  }

  /** Only parked instances are left. */
  void pause(RunFrame frame) {
    if (frame.isEnded()) {
      return;
    }
    var settled = frame.settled();
    var rest = frame.rest();
    Stages.join(
        services
            .store()
            .transition(
                frame.runId(),
                EnumSet.of(RunStatus.RUNNING),
                RunStatus.AWAITING,
                null,
                services.time().millis()));
    if (!isAtRest(frame)) {
      Stages.join(
          services
              .store()
              .transition(
                  frame.runId(),
                  EnumSet.of(RunStatus.AWAITING),
                  RunStatus.RUNNING,
                  null,
                  services.time().millis()));
      return;
    }
    if (services.events().isHeard()) {
      services.events().emit(new FlowEvent.RunPaused(frame.origin(services.time())));
    }
    rest.complete(RunStatus.AWAITING);
    engine.children().paused(frame);
    if (frame.sleeping().isEmpty()) {
      settled.complete(result(frame, RunStatus.AWAITING));
    }
  }

  /** Asks again, because somebody may have woken an instance in the meantime. */
  private boolean isAtRest(RunFrame frame) {
    RunProgress now = progress(frame);
    return now.open() > 0 && now.open() == now.parked();
  }

  /** How far a run is; parking no instance at all asks without changing anything. */
  RunProgress progress(RunFrame frame) {
    CoordinationStore coordination = services.coordination();
    RunProgress now = Stages.join(coordination.park(frame.runId(), ""));
    if (!now.known()) {
      engine.recovery().rebuild(frame);
      now = Stages.join(coordination.park(frame.runId(), ""));
    }
    return now;
  }

  /** A parked run moves again. */
  void moves(RunFrame frame) {
    frame.unsettle();
    Stages.join(
        services
            .store()
            .transition(
                frame.runId(),
                EnumSet.of(RunStatus.AWAITING),
                RunStatus.RUNNING,
                null,
                services.time().millis()));
    if (services.events().isHeard()) {
      services.events().emit(new FlowEvent.RunResumed(frame.origin(services.time())));
    }
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
    if (stop == null || frame.active().get() > 0 || frame.isEnded()) {
      return;
    }
    RunProgress now = progress(frame);
    boolean failed = now.failed() > 0;
    if (now.open() == 0 && stop != Stop.DEADLINE) {
      finish(frame, failed ? RunStatus.FAILED : RunStatus.COMPLETED);
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
    frame.timers().values().forEach(timer -> timer.cancel());
    List<RunError> errors = frame.errors();
    Stages.join(
        services
            .store()
            .transition(
                frame.runId(), LIVE, status, summary(status, errors), services.time().millis()));
    announceEnd(frame, status, errors);
    engine.frames().remove(frame.runId(), frame);
    frame.rest().complete(status);
    frame.settled().complete(result(frame, status));
    engine.children().ended(frame, status);
    services.coordination().forget(frame.runId());
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
    data.put("errors", errors.stream().map(Detail::error).toList());
    return services.values().payload(data);
  }

  /** The run as it is now. */
  RunResult result(RunFrame frame, RunStatus status) {
    return new StoredRunResult(
        services,
        frame,
        status,
        frame.errors(),
        Stages.join(services.store().read(frame.runId(), Selection.ALL)),
        this::context);
  }

  private @Nullable Map<String, @Nullable Object> context(String runId) {
    RunFrame child = engine.recovery().load(runId);
    return child == null ? null : result(child, child.record().status()).context();
  }
}
