package io.flowcraft.runtime.internal.engine;

import io.flowcraft.event.FlowEvent;
import io.flowcraft.run.NodeStatus;
import io.flowcraft.run.RunResult;
import io.flowcraft.run.RunStatus;
import io.flowcraft.runtime.internal.engine.Lifecycle.Standing;
import io.flowcraft.spi.Outcome;
import io.flowcraft.spi.RunProgress;
import io.flowcraft.spi.RunRecord;
import io.flowcraft.spi.RunSlice;
import io.flowcraft.spi.Selection;
import java.util.EnumSet;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Brings runs to rest of which only parked instances are left, and tells those who wait for it. */
final class Resting {

  private final Engine engine;
  private final Services services;

  Resting(Engine engine) {
    this.engine = engine;
    this.services = engine.services();
  }

  /**
   * Nothing but parked instances is left, as the coordination store has it: the run rests if that
   * is what is stored, too. Otherwise another process has decided something that it is still about
   * to store, or it has died before; then it must not look as if the run waited for the outside.
   */
  void pauseIfStored(RunFrame frame, Standing seen) {
    if (services.settings().isAlone() || frame.isDecidedHere() || isStored(frame, seen)) {
      pause(frame, seen.progress());
    }
  }

  private boolean isStored(RunFrame frame, Standing seen) {
    RunSlice slice = engine.recovery().slice(frame);
    engine.recovery().learn(frame, slice);
    return Replay.of(engine, frame, slice, seen.epoch()).waitsLike(seen.progress());
  }

  /** A run that is stored as resting has been seen by somebody who knows it. */
  void seen(RunFrame frame) {
    if (!frame.rest().isDone() || isAwaited(frame)) {
      pause(frame, null);
    }
  }

  /** Whether somebody waits until only the outside can move a run, and has not been told yet. */
  private boolean isAwaited(RunFrame frame) {
    return frame.isAwaited() && !frame.settled().isDone() && isForTheOutside(frame.runId());
  }

  /** Whether no timer will wake a run or a child that it waits for, whoever has set it. */
  private boolean isForTheOutside(String runId) {
    for (Outcome outcome :
        Stages.join(services.store().read(runId, Selection.ALL)).outcomes().values()) {
      if (outcome.status() == NodeStatus.TIMER) {
        return false;
      }
      if (ContextSnapshot.isParked(outcome)
          && Detail.of(outcome).get(Detail.CHILD) instanceof String childRunId
          && !isForTheOutside(childRunId)) {
        return false;
      }
    }
    return true;
  }

  /**
   * Only parked instances are left, unless somebody has woken one in the meantime.
   *
   * @param seen how far the run was when its pause was decided; null if it is stored as resting
   */
  void pause(RunFrame frame, @Nullable RunProgress seen) {
    boolean first;
    boolean external;
    RunRecord paused;
    CompletableFuture<RunStatus> rest;
    CompletableFuture<RunResult> settled;
    synchronized (frame.restLock()) {
      Standing now = engine.lifecycle().standing(frame);
      boolean moved = seen != null && !seen.equals(now.progress());
      if (moved || frame.isEnded() || !now.rests() || !frame.movingChildren().isEmpty()) {
        return;
      }
      paused =
          engine
              .lifecycle()
              .move(frame, now.epoch(), EnumSet.of(RunStatus.RUNNING), RunStatus.AWAITING, null);
      if (paused.status() != RunStatus.AWAITING) {
        return;
      }
      first = frame.rests();
      external = frame.isForTheOutside();
      rest = frame.rest();
      settled = frame.settled();
    }
    if (!services.settings().isAlone() && !engine.lifecycle().standing(frame).rests()) {
      // Somebody else has woken it in between, and may have said so before this pause.
      engine.lifecycle().moves(frame, "");
      return;
    }
    if (first && services.events().isHeard()) {
      services.events().emit(new FlowEvent.RunPaused(frame.origin(services.time())));
    }
    rest.complete(RunStatus.AWAITING);
    engine.children().changed(frame);
    if (external
        && !settled.isDone()
        && (services.settings().isAlone() || isForTheOutside(frame.runId()))) {
      settled.complete(engine.endings().result(frame, paused));
    }
  }
}
