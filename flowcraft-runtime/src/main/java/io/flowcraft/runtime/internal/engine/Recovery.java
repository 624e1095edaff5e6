package io.flowcraft.runtime.internal.engine;

import io.flowcraft.run.NodeStatus;
import io.flowcraft.run.RunError;
import io.flowcraft.run.RunStatus;
import io.flowcraft.runtime.internal.graph.Instance;
import io.flowcraft.spi.Outcome;
import io.flowcraft.spi.RunRecord;
import io.flowcraft.spi.RunSlice;
import io.flowcraft.spi.Selection;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes what this process knows of a run from what is stored of it, and sets runs going. */
final class Recovery {

  private final Engine engine;
  private final Services services;

  Recovery(Engine engine) {
    this.engine = engine;
    this.services = engine.services();
  }

  /**
   * The frame of a stored run, with its timers; null if there is no such run. A live run that the
   * coordination store does not know begins its next epoch.
   */
  @Nullable RunFrame load(String runId) {
    RunFrame known = engine.frames().get(runId);
    if (known != null) {
      return known;
    }
    Loaded loaded = readAll(runId);
    if (loaded == null || loaded.isEnded()) {
      return loaded == null ? null : loaded.frame;
    }
    RunFrame frame = loaded.frame;
    known = adopt(frame);
    if (known != frame) {
      engine.lifecycle().release(known);
      return known;
    }
    try {
      goOn(frame, loaded.slice);
      engine.lifecycle().standing(frame);
    } catch (RuntimeException | Error e) {
      engine.frames().remove(runId, frame);
      throw e;
    } finally {
      engine.lifecycle().release(frame);
    }
    return frame;
  }

  /** The frame of a stored run for somebody who has a job of it, kept from coming to rest. */
  @Nullable RunFrame hold(String runId) {
    RunFrame known = engine.frames().get(runId);
    if (known != null) {
      known.strands().hold();
      return known;
    }
    Loaded loaded = readAll(runId);
    if (loaded == null || loaded.isEnded()) {
      return loaded == null ? null : loaded.frame;
    }
    known = adopt(loaded.frame);
    if (known == loaded.frame) {
      try {
        goOn(known, loaded.slice);
      } catch (RuntimeException | Error e) {
        engine.frames().remove(runId, known);
        engine.lifecycle().release(known);
        throw e;
      }
    }
    return known;
  }

  /** From now on this process knows a run, or it does already; it is kept from coming to rest. */
  RunFrame adopt(RunFrame frame) {
    frame.strands().hold();
    RunFrame known = engine.frames().putIfAbsent(frame.runId(), frame);
    if (known == null) {
      return frame;
    }
    known.strands().hold();
    return known;
  }

  /** Something of a run is due: it is done here, if nobody else does it. */
  void wakeUp(RunRecord run) {
    RunFrame known = engine.frames().get(run.runId());
    if (known == null) {
      load(run.runId());
    } else if (!known.isEnded() && !known.isCompensating()) {
      engine.lifecycle().watch(known);
      arm(known, slice(known));
    }
  }

  /** An adopted run gets what will wake it. */
  void goOn(RunFrame frame, RunSlice slice) {
    engine.lifecycle().watch(frame);
    if (frame.record().status() == RunStatus.AWAITING) {
      synchronized (frame.restLock()) {
        frame.rests();
      }
    }
    if (frame.record().status() == RunStatus.CANCELLING) {
      engine.lifecycle().cancelled(frame, frame.record());
    }
    if (frame.record().status() == RunStatus.COMPENSATING) {
      frame.compensates();
      engine.sagas().lookAfter(frame);
    } else {
      arm(frame, slice);
    }
  }

  /** Parked instances get what will wake them. */
  void arm(RunFrame frame, RunSlice slice) {
    for (Outcome outcome : ContextSnapshot.inOrder(slice)) {
      Instance instance =
          ContextSnapshot.isParked(outcome) ? instance(frame, outcome.instance()) : null;
      if (instance != null) {
        engine.parking().arm(frame, instance, outcome);
      }
    }
  }

  /**
   * The instance of a key; null if the run has none. Another process may have added its node since
   * this one loaded the run: then it is learnt now.
   */
  @Nullable Instance instance(RunFrame frame, String key) {
    Instance known = frame.parse(key);
    if (known == null) {
      ContextSnapshot.inOrder(slice(frame)).forEach(outcome -> learnAddedNodes(frame, outcome));
      known = frame.parse(key);
    }
    return known;
  }

  /** What an outcome means for the joins tells of the nodes that it has added, too. */
  private void learnAddedNodes(RunFrame frame, Outcome outcome) {
    Instance instance = frame.parse(outcome.instance());
    Map<String, @Nullable Object> detail = Detail.of(outcome);
    if (instance != null && !detail.isEmpty()) {
      engine.resolver().arrivals(frame, instance, outcome.status(), outcome.routing(), detail);
    }
  }

  /** A frame as the store has it, known to nobody yet. */
  @Nullable RunFrame read(String runId) {
    Loaded loaded = readAll(runId);
    return loaded == null ? null : loaded.frame;
  }

  /** A frame, and what is stored of its run. */
  private record Loaded(RunFrame frame, RunSlice slice) {

    boolean isEnded() {
      return frame.record().status().isFinal();
    }
  }

  private @Nullable Loaded readAll(String runId) {
    Optional<RunRecord> record = Stages.join(services.store().find(runId));
    if (record.isEmpty()) {
      return null;
    }
    RunRecord run = record.get();
    Definition definition = engine.definitions().of(run);
    RunFrame frame =
        new RunFrame(
            engine.newToken(),
            run,
            definition.graph(),
            StoredOptions.read(run.options().value()),
            StoredOptions.data(run.initialContext().value()));
    RunSlice slice = slice(frame);
    learn(frame, slice);
    if (run.status().isFinal()) {
      toldErrors(frame, run);
      frame.end();
    }
    return new Loaded(frame, slice);
  }

  /** Learns what became of a run that another process has ended. */
  void learnEnd(RunFrame frame, RunRecord ended) {
    learn(frame, slice(frame));
    toldErrors(frame, ended);
  }

  private static void toldErrors(RunFrame frame, RunRecord ended) {
    List<RunError> told = toldErrors(ended);
    if (!told.isEmpty()) {
      frame.setErrors(told);
    }
  }

  /** Learns what is stored of a run. */
  void learn(RunFrame frame, RunSlice slice) {
    for (Outcome outcome : ContextSnapshot.inOrder(slice)) {
      frame.sawSequence(outcome.sequence());
      if (frame.parse(outcome.instance()) == null) {
        continue;
      }
      learnAddedNodes(frame, outcome);
      if (outcome.status() == NodeStatus.COMPLETED) {
        frame.reached(outcome.nodeId());
      }
    }
    frame.setErrors(errors(frame, slice));
  }

  /** The failures that nobody handled, as they are stored. */
  static List<RunError> errors(RunFrame frame, RunSlice slice) {
    List<RunError> errors = new ArrayList<>();
    for (Outcome outcome : ContextSnapshot.inOrder(slice)) {
      Map<String, @Nullable Object> detail = Detail.of(outcome);
      RunError error = Detail.readError(detail.get(Detail.ERROR));
      if (error != null
          && outcome.status() == NodeStatus.FAILED
          && frame.parse(outcome.instance()) != null
          && !detail.containsKey(Detail.TOLERATED)) {
        errors.add(error);
      }
    }
    return errors;
  }

  /** What an ended run said of itself: also errors that are not those of a node. */
  static List<RunError> toldErrors(RunRecord run) {
    List<RunError> errors = new ArrayList<>();
    if (run.summary() != null
        && run.summary().value() instanceof Map<?, ?> summary
        && summary.get(Detail.ERRORS) instanceof List<?> told) {
      for (Object data : told) {
        RunError error = Detail.readError(data);
        if (error != null) {
          errors.add(error);
        }
      }
    }
    return errors;
  }

  RunSlice slice(RunFrame frame) {
    return Stages.join(services.store().read(frame.runId(), Selection.ALL));
  }

  /** What the stored outcomes of a run come to. */
  Replay replay(RunFrame frame) {
    return Replay.of(engine, frame, slice(frame), frame.epoch());
  }

  /** Starts what is due and is not under way here. */
  void start(RunFrame frame, List<Due> due) {
    if (due.isEmpty()) {
      return;
    }
    engine.lifecycle().moves(frame, "");
    Set<String> underWay = new HashSet<>();
    for (Strand strand : frame.strands().list()) {
      if (strand.isUndecided()) {
        underWay.add(strand.instance().key());
      }
    }
    List<Due> starting = new ArrayList<>();
    for (Due instance : due) {
      if (!underWay.contains(instance.instance().key())) {
        starting.add(instance);
      }
    }
    engine.enqueue(frame, frame.epoch(), starting);
  }
}
