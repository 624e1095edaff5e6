package io.flowcraft.runtime.internal.engine;

import io.flowcraft.memory.InMemoryCoordinationStore;
import io.flowcraft.run.NodeStatus;
import io.flowcraft.run.RunError;
import io.flowcraft.run.RunStatus;
import io.flowcraft.runtime.internal.graph.Instance;
import io.flowcraft.runtime.internal.kernel.Arrivals;
import io.flowcraft.spi.Completion;
import io.flowcraft.spi.CompletionAnswer;
import io.flowcraft.spi.CoordinationStore;
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
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Makes what this process knows of a run, and what the coordination store knows of it, from the
 * stored outcomes: by deciding every recorded instance once more, in the recorded order.
 */
final class Recovery {

  private static final String TOKEN = "recorded";

  private final Engine engine;
  private final Services services;

  Recovery(Engine engine) {
    this.engine = engine;
    this.services = engine.services();
  }

  /**
   * The frame of a stored run; null if there is none. A live run that this process did not know
   * gets its timers, and what nobody remembers to be under way begins again.
   */
  @Nullable RunFrame load(String runId) {
    RunFrame known = engine.frames().get(runId);
    if (known != null) {
      return known;
    }
    RunFrame frame;
    ReentrantLock lock = engine.locks().of(runId);
    lock.lock();
    try {
      known = engine.frames().get(runId);
      frame = known == null ? read(runId) : known;
      if (frame == null || frame == known) {
        return frame;
      }
      if (frame.record().status().isFinal()) {
        frame.end();
        return frame;
      }
      adopt(frame);
    } finally {
      lock.unlock();
    }
    goOn(frame, this::restartIfForgotten);
    return frame;
  }

  /** From now on this process knows a run; its caller lets it go on. */
  void adopt(RunFrame frame) {
    frame.strands().hold();
    engine.frames().put(frame.runId(), frame);
  }

  /** Lets an adopted run go on. */
  void goOn(RunFrame frame, Consumer<RunFrame> how) {
    try {
      engine.lifecycle().watch(frame);
      if (frame.record().status() == RunStatus.AWAITING) {
        synchronized (frame.restLock()) {
          frame.rests();
        }
      }
      for (Outcome outcome : outcomes(frame)) {
        Instance instance = frame.parse(outcome.instance());
        if (instance != null && ContextSnapshot.isParked(outcome)) {
          engine.parking().arm(frame, instance, outcome);
        }
      }
      how.accept(frame);
    } catch (RuntimeException | Error e) {
      engine.frames().remove(frame.runId(), frame);
      throw e;
    } finally {
      engine.lifecycle().release(frame);
    }
  }

  /** Makes the nodes known that have been added to a run, by whichever process. */
  void learnAddedNodes(RunFrame frame) {
    outcomes(frame).forEach(outcome -> learnAddedNodes(frame, outcome));
  }

  /** What an outcome means for the joins tells of the nodes that it has added, too. */
  private void learnAddedNodes(RunFrame frame, Outcome outcome) {
    Instance instance = frame.parse(outcome.instance());
    Map<String, @Nullable Object> detail = Detail.of(outcome);
    if (instance != null && !detail.isEmpty()) {
      engine.resolver().arrivals(frame, instance, outcome.status(), outcome.routing(), detail);
    }
  }

  private void restartIfForgotten(RunFrame frame) {
    if (!Stages.join(services.coordination().park(frame.runId(), "")).known()) {
      restart(frame);
    }
  }

  /** A frame as the store has it, known to nobody yet. */
  @Nullable RunFrame read(String runId) {
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
    List<RunError> errors = new ArrayList<>();
    for (Outcome outcome : outcomes(frame)) {
      frame.sawSequence(outcome.sequence());
      if (frame.parse(outcome.instance()) == null) {
        continue;
      }
      learnAddedNodes(frame, outcome);
      Map<String, @Nullable Object> detail = Detail.of(outcome);
      RunError error = Detail.readError(detail.get(Detail.ERROR));
      if (error != null
          && outcome.status() == NodeStatus.FAILED
          && !detail.containsKey(Detail.TOLERATED)) {
        errors.add(error);
      }
      if (outcome.status() == NodeStatus.COMPLETED) {
        frame.reached(outcome.nodeId());
      }
    }
    List<RunError> told = toldErrors(run);
    frame.setErrors(told.isEmpty() ? errors : told);
    return frame;
  }

  /** What an ended run said of itself: also errors that are not those of a node. */
  private static List<RunError> toldErrors(RunRecord run) {
    List<RunError> errors = new ArrayList<>();
    if (run.status().isFinal()
        && run.summary() != null
        && run.summary().value() instanceof Map<?, ?> summary
        && summary.get(Lifecycle.ERRORS) instanceof List<?> told) {
      for (Object data : told) {
        RunError error = Detail.readError(data);
        if (error != null) {
          errors.add(error);
        }
      }
    }
    return errors;
  }

  private List<Outcome> outcomes(RunFrame frame) {
    RunSlice slice = Stages.join(services.store().read(frame.runId(), Selection.ALL));
    return ContextSnapshot.inOrder(slice);
  }

  /** Rebuilds the coordination data of a run. Nothing is started. */
  void rebuild(RunFrame frame) {
    replay(frame);
  }

  /** Rebuilds the coordination data of a run; what is due. */
  List<Due> due(RunFrame frame) {
    return replay(frame);
  }

  /** Rebuilds the coordination data of an adopted run and starts what is due. */
  void restart(RunFrame frame) {
    start(frame, replay(frame));
  }

  /** Starts instances. */
  void start(RunFrame frame, List<Due> due) {
    if (due.isEmpty()) {
      return;
    }
    engine.lifecycle().moves(frame, "");
    List<Due> starting = new ArrayList<>();
    due.forEach(instance -> engine.gates().enter(frame, instance, starting));
    engine.enqueue(frame, starting);
  }

  /** Whether the stored outcomes are all that the run needs to be at its end. */
  boolean isStored(RunFrame frame) {
    CoordinationStore scratch = new InMemoryCoordinationStore(services.time());
    Set<String> parked = new HashSet<>();
    Replay replay = replay(frame, scratch, parked);
    return parked.isEmpty()
        && replay.isRecorded(TOKEN)
        && Stages.join(scratch.park(frame.runId(), "")).open() == 0;
  }

  /** Decides every recorded instance again; what is due afterwards and is not recorded. */
  private List<Due> replay(RunFrame frame) {
    CoordinationStore coordination = services.coordination();
    Set<String> parked = new HashSet<>();
    Replay replay = replay(frame, coordination, parked);
    replay.drain(TOKEN);
    for (String key : parked) {
      Stages.join(coordination.park(frame.runId(), key));
    }
    return replay.due(parked);
  }

  private Replay replay(RunFrame frame, CoordinationStore coordination, Set<String> parked) {
    List<Outcome> recorded = outcomes(frame);
    long sequence = recorded.stream().mapToLong(Outcome::sequence).max().orElse(0);
    Stages.join(coordination.forget(frame.runId()));
    List<Instance> starts = frame.graph().startInstances();
    Stages.join(
        coordination.open(frame.runId(), starts.stream().map(Instance::key).toList(), sequence));
    Replay replay = new Replay(engine, frame, coordination);
    starts.forEach(replay::started);
    for (Outcome outcome : recorded) {
      if (ContextSnapshot.isParked(outcome)) {
        parked.add(outcome.instance());
      } else {
        again(frame, outcome, replay, coordination);
      }
    }
    return replay;
  }

  private void again(
      RunFrame frame, Outcome outcome, Replay replay, CoordinationStore coordination) {
    Instance instance = frame.parse(outcome.instance());
    if (instance == null) {
      return;
    }
    Map<String, @Nullable Object> detail = Detail.of(outcome);
    Arrivals arrivals =
        engine.resolver().arrivals(frame, instance, outcome.status(), outcome.routing(), detail);
    boolean failed = outcome.status() == NodeStatus.FAILED && !detail.containsKey(Detail.TOLERATED);
    CompletionAnswer answer =
        Stages.join(
            coordination.complete(
                new Completion(
                    frame.runId(), outcome.instance(), TOKEN, failed, arrivals.arrivals())));
    replay.decided(instance, answer, arrivals);
  }
}
