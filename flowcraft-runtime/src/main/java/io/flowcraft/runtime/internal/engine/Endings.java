package io.flowcraft.runtime.internal.engine;

import io.flowcraft.event.FlowEvent;
import io.flowcraft.run.NodeStatus;
import io.flowcraft.run.RunError;
import io.flowcraft.run.RunResult;
import io.flowcraft.run.RunStatus;
import io.flowcraft.runtime.internal.graph.GraphNode;
import io.flowcraft.spi.Outcome;
import io.flowcraft.spi.Payload;
import io.flowcraft.spi.RunRecord;
import io.flowcraft.spi.RunSlice;
import io.flowcraft.spi.Selection;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Ends runs, and lets go of what this process knows of them. */
final class Endings {

  private static final Set<RunStatus> LIVE =
      EnumSet.of(RunStatus.RUNNING, RunStatus.AWAITING, RunStatus.CANCELLING);

  private final Engine engine;
  private final Services services;

  Endings(Engine engine) {
    this.engine = engine;
    this.services = engine.services();
  }

  /** A run that this process takes for live has ended, or has gone. */
  void endedElsewhere(RunFrame frame, Optional<RunRecord> stored) {
    if (frame.end()) {
      learnEnd(frame, stored);
    }
  }

  /**
   * The same; that it has ended is known at once, what follows from it is done by another thread.
   */
  void endedElsewhereSoon(RunFrame frame, Optional<RunRecord> stored) {
    if (frame.end()) {
      engine.perform(
          () -> {
            if (frame.isEnded() || frame.end()) {
              learnEnd(frame, stored);
            }
          });
    }
  }

  private void learnEnd(RunFrame frame, Optional<RunRecord> stored) {
    try {
      // What others have seen fail is stored, and this process may not have heard of it.
      RunRecord ended = stored.orElse(frame.record());
      engine.recovery().learnEnd(frame, ended);
      leave(frame, ended);
    } catch (RuntimeException e) {
      frame.notEnded();
      throw e;
    }
  }

  /** Ends a run, or has its work undone before. */
  void finish(RunFrame frame, long epoch, RunStatus status) {
    if (status == RunStatus.AWAITING) {
      engine.resting().pause(frame, null);
      return;
    }
    if (!frame.end()) {
      return;
    }
    try {
      boolean undo = engine.sagas().isDue(frame, status);
      List<RunError> errors = frame.errors();
      RunRecord stored =
          undo
              ? store(frame, epoch, LIVE, RunStatus.COMPENSATING, Sagas.summary(status, errors))
              : store(frame, epoch, LIVE, status, Sagas.summary(null, errors));
      if (undo && stored.status() == RunStatus.COMPENSATING) {
        frame.notEnded();
        engine.sagas().begin(frame);
      } else {
        ended(frame, epoch, stored, errors);
      }
    } catch (RuntimeException e) {
      frame.notEnded();
      throw e;
    }
  }

  /** Ends a run whose work has been undone. */
  void finish(RunFrame frame, long epoch, RunStatus status, List<RunError> errors) {
    if (!frame.end()) {
      return;
    }
    try {
      RunRecord stored =
          store(
              frame,
              epoch,
              EnumSet.of(RunStatus.COMPENSATING),
              status,
              Sagas.summary(null, errors));
      frame.setErrors(errors);
      ended(frame, epoch, stored, errors);
    } catch (RuntimeException e) {
      frame.notEnded();
      throw e;
    }
  }

  private void ended(RunFrame frame, long epoch, RunRecord stored, List<RunError> errors) {
    RunStatus status = stored.status();
    if (!status.isFinal()) {
      // Somebody has begun another epoch.
      frame.notEnded();
      engine.renewal().isOver(frame, epoch);
      return;
    }
    announceEnd(frame, status, errors);
    leave(frame, stored);
    services.coordination().forget(frame.runId());
  }

  /** Stores where a run ends. If it leaves work undone, whoever is at it is shut out before. */
  private RunRecord store(
      RunFrame frame,
      long concluded,
      Set<RunStatus> from,
      RunStatus status,
      Map<String, Object> summary) {
    long epoch = concluded;
    if (!services.settings().isAlone()) {
      String parent = frame.record().parentRunId();
      if (parent != null) {
        // Runs that move are looked after: so somebody will find that the child has ended.
        engine.lifecycle().willMove(parent);
      }
      if (frame.stop() != null && !frame.isCompensating()) {
        if (Stages.join(services.store().fence(frame.runId(), epoch, List.of())).isEmpty()) {
          return Stages.join(services.store().find(frame.runId())).orElse(frame.record());
        }
        epoch++;
      }
    }
    if (status.isFinal() && status != RunStatus.COMPLETED && !services.settings().isAlone()) {
      // It may be set going again: children that are ahead of it know it by this end.
      summary.put(Detail.EPOCH, epoch);
    }
    Payload stored = summary.isEmpty() ? engine.emptySummary() : services.values().payload(summary);
    return Moves.move(services, frame.runId(), epoch, from, status, stored)
        .orElseGet(() -> frame.record().withStatus(status, null, services.time().millis()));
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
    RunSlice slice = Stages.join(services.store().read(frame.runId(), Selection.ALL));
    // A run that has ended has told its errors; while it lives, others may have met some.
    boolean elsewhere = !services.settings().isAlone() && !now.status().isFinal();
    return new StoredRunResult(
        services,
        frame,
        now,
        elsewhere ? Recovery.errors(frame, slice) : frame.errors(),
        slice,
        this::context);
  }

  private @Nullable Map<String, @Nullable Object> context(String runId) {
    RunFrame child = engine.recovery().load(runId);
    return child == null ? null : result(child, child.record()).context();
  }
}
