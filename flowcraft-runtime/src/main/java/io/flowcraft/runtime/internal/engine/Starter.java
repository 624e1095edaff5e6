package io.flowcraft.runtime.internal.engine;

import io.flowcraft.error.ErrorCode;
import io.flowcraft.error.FlowcraftException;
import io.flowcraft.event.FlowEvent;
import io.flowcraft.run.RunStatus;
import io.flowcraft.runtime.internal.graph.Instance;
import io.flowcraft.spi.RunProgress;
import io.flowcraft.spi.RunRecord;
import io.flowcraft.spi.RunState;
import io.flowcraft.spi.Serializer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Starts runs. */
final class Starter {

  private static final long FIRST_EPOCH = 1;

  private final Engine engine;
  private final Services services;

  Starter(Engine engine) {
    this.engine = engine;
    this.services = engine.services();
  }

  /**
   * Starts a run, unless one of this id exists: then that one is returned.
   *
   * @param here whether the caller's thread executes what it can
   */
  RunFrame start(NewRun run, boolean here) {
    RunFrame frame = frame(run);
    RunRecord stored = Stages.join(services.store().create(frame.record()));
    if (!stored.token().equals(frame.record().token())) {
      return existing(stored, run);
    }
    RunFrame known = engine.recovery().adopt(frame);
    try {
      if (services.events().isHeard()) {
        services.events().emit(new FlowEvent.RunStarted(frame.origin(services.time())));
      }
      begin(known, here);
    } finally {
      engine.lifecycle().release(known);
    }
    return known;
  }

  private RunFrame frame(NewRun run) {
    long now = services.time().millis();
    Definition definition = run.definition();
    Duration deadline = run.options().deadline();
    RunRecord record =
        new RunRecord(
            run.runId(),
            run.blueprintId(),
            definition.hash(),
            definition.stored(),
            run.parentRunId(),
            run.parentInstance(),
            services.values().payload(run.input()),
            services.values().payload(StoredOptions.write(run.options())),
            RunStatus.RUNNING,
            null,
            FIRST_EPOCH,
            deadline == null ? null : Long.valueOf(deadline.toMillis()),
            now,
            now,
            now,
            // Tells a store that it need not look for another run of this id.
            run.isNewId() ? run.runId() : engine.newToken());
    return new RunFrame(engine.newToken(), record, definition.graph(), run.options(), run.input());
  }

  /** A run of this id was started before; starting it again starts nothing. */
  private RunFrame existing(RunRecord stored, NewRun run) {
    if (!stored.blueprintHash().equals(run.definition().hash())) {
      throw new FlowcraftException(
          ErrorCode.RUN_CONFLICT,
          "Run '"
              + run.runId()
              + "' exists with another definition of blueprint '"
              + stored.blueprintId()
              + "'. Start it under another id.",
          null,
          true);
    }
    // A child is started again with whatever its parent has by then.
    if (run.parentRunId() == null && !hasInput(stored, run)) {
      throw new FlowcraftException(
          ErrorCode.RUN_CONFLICT,
          "Run '"
              + run.runId()
              + "' exists with another input. Start it under another id, or ask for it with"
              + " FlowRuntime.handle.",
          null,
          true);
    }
    RunFrame frame = engine.recovery().load(stored.runId());
    if (frame == null) {
      throw new FlowcraftException(
          ErrorCode.BUG, "Run '" + stored.runId() + "' is stored and can't be found.");
    }
    engine.endings().settleEnded(frame);
    return frame;
  }

  /** Whether a run was started with this input, whichever form its store keeps it in. */
  private boolean hasInput(RunRecord stored, NewRun run) {
    Serializer serializer = services.values().serializer();
    Object before = serializer.deserialize(stored.initialContext().text());
    return Objects.equals(before, serializer.deserialize(serializer.serialize(run.input())));
  }

  private void begin(RunFrame frame, boolean here) {
    List<Instance> starts = frame.graph().startInstances();
    // Others may have begun the next epoch of the run by now. Only who begins an epoch opens it.
    long epoch = FIRST_EPOCH;
    RunProgress progress =
        Stages.join(
            services
                .coordination()
                .open(RunState.begin(frame.runId(), epoch, frame.graph().startKeys())));
    if (!progress.known()) {
      // Somebody has taken the run for abandoned, and begun it.
      Stages.join(engine.renewal().renew(frame, epoch));
      return;
    }
    frame.opened(starts.size());
    engine.lifecycle().watch(frame);
    if (starts.isEmpty()) {
      return;
    }
    List<Due> starting = new ArrayList<>(starts.size());
    for (Instance start : starts) {
      starting.add(new Due(start, Inputs.atStart(frame, start.node(), services.values())));
    }
    if (!here) {
      engine.enqueue(frame, epoch, starting);
      return;
    }
    if (starting.size() > 1) {
      engine.enqueue(frame, epoch, starting.subList(1, starting.size()));
    }
    Strand.execute(engine, frame, epoch, starting.get(0), null).run();
  }
}
