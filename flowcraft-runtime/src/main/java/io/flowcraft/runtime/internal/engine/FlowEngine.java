package io.flowcraft.runtime.internal.engine;

import io.flowcraft.error.ErrorCode;
import io.flowcraft.error.FlowcraftException;
import io.flowcraft.node.NodeResult;
import io.flowcraft.run.NodeStatus;
import io.flowcraft.run.Resume;
import io.flowcraft.run.RunExplanation;
import io.flowcraft.run.RunHandle;
import io.flowcraft.run.RunOptions;
import io.flowcraft.run.RunStatus;
import io.flowcraft.runtime.internal.graph.Instance;
import io.flowcraft.spi.Delivery;
import io.flowcraft.spi.HistoryEntry;
import io.flowcraft.spi.JobQueue;
import io.flowcraft.spi.Outcome;
import io.flowcraft.spi.Payload;
import io.flowcraft.spi.RunPage;
import io.flowcraft.spi.RunQuery;
import io.flowcraft.spi.RunRecord;
import io.flowcraft.spi.Selection;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** The engine's front door: what a client can ask for. Blocks where a store has to answer. */
public final class FlowEngine {

  private static final Duration LOOK = Duration.ofMillis(5);

  private final Engine engine;
  private final Services services;
  private final Repairs repairs;
  private final Explainer explainer;
  private final Admission admission;
  private JobQueue.@Nullable Subscription subscription;

  /** An engine of parts. */
  FlowEngine(Services services, Definitions definitions) {
    this.services = services;
    this.engine = new Engine(services, definitions);
    this.repairs = new Repairs(engine);
    this.explainer = new Explainer(engine);
    this.admission = new Admission(engine);
  }

  /** Begins to take jobs; a second call does nothing. */
  public synchronized void startWorker() {
    if (subscription == null) {
      subscription =
          services.queue().consume(engine::onDelivery, services.settings().maxInFlight());
      engine.startUpkeep();
    }
  }

  /** Takes no more jobs. */
  public synchronized void stopWorker() {
    JobQueue.Subscription current = subscription;
    if (current != null) {
      current.close();
      engine.stopUpkeep();
      subscription = null;
    }
  }

  /**
   * Takes no more jobs, lets what runs come to its end, and hands back what has not by then.
   *
   * @param patience how long to wait; a process that is alone does not
   */
  public void drain(Duration patience) {
    stopWorker();
    engine.drain();
    long looks = services.settings().isAlone() ? 0 : patience.dividedBy(LOOK);
    while (looks-- > 0 && !engine.atWork().isEmpty()) {
      LockSupport.parkNanos(LOOK.toNanos());
    }
    for (Strand strand : engine.atWork()) {
      Delivery delivery = strand.delivery();
      if (delivery != null) {
        // Another process may have the job now; whoever is done first counts.
        delivery.release();
      }
    }
  }

  /** Registers a blueprint under an id. */
  public void register(String id, CompiledBlueprint blueprint) {
    engine.definitions().register(id, blueprint);
  }

  /**
   * Starts a run of a registered blueprint.
   *
   * @param here whether the caller's thread executes what it can
   */
  public RunHandle start(
      String blueprintId,
      Map<String, ? extends @Nullable Object> input,
      RunOptions options,
      boolean here) {
    Definition definition = engine.definitions().find(blueprintId);
    if (definition == null) {
      throw new FlowcraftException(
          ErrorCode.BLUEPRINT_UNKNOWN,
          "No blueprint \""
              + blueprintId
              + "\" is registered (known: "
              + engine.definitions().ids()
              + "). Hand it to RuntimeBuilder.flow or blueprint.");
    }
    Map<String, @Nullable Object> initial = admission.admit(definition, input, options);
    String given = options.runId();
    String runId = given == null ? newRunId() : given;
    RunFrame frame =
        engine
            .starter()
            .start(
                new NewRun(
                    runId, given == null, blueprintId, definition, initial, options, null, null),
                here);
    return new EngineRunHandle(engine, frame);
  }

  private String newRunId() {
    return new UUID(services.random().nextLong(), services.random().nextLong()).toString();
  }

  /** A run by its id. */
  public RunHandle handle(String runId) {
    RunFrame frame = require(runId);
    engine.lifecycle().freshen(frame);
    return new EngineRunHandle(engine, frame);
  }

  private RunFrame require(String runId) {
    RunFrame frame = engine.recovery().load(runId);
    if (frame == null) {
      throw Engine.unknown(runId);
    }
    engine.endings().settleEnded(frame);
    return frame;
  }

  /** Answers a waiting node, in the run or in a child of it. */
  public RunHandle resume(String runId, @Nullable String nodeId, Resume resume) {
    RunFrame frame = require(runId);
    Outcome parked = frame.isEnded() ? null : waiting(frame, nodeId);
    if (parked == null) {
      throw new FlowcraftException(
          ErrorCode.RUN_STATE,
          nodeId == null
              ? "Cannot resume: The provided context is not in an awaiting state."
              : "Cannot resume: Node '" + nodeId + "' is not in an awaiting state.",
          null,
          true);
    }
    if (Detail.of(parked).get(Detail.CHILD) instanceof String childRunId) {
      resume(childRunId, null, resume);
      return new EngineRunHandle(engine, frame);
    }
    String key = parked.instance();
    Instance instance = Engine.known(engine.recovery().instance(frame, key), key);
    if (!engine.parking().answer(frame, instance, parked, answer(parked, resume))) {
      throw new FlowcraftException(
          ErrorCode.RUN_STATE,
          "Cannot resume: Node '" + parked.nodeId() + "' is not in an awaiting state.",
          null,
          true);
    }
    return new EngineRunHandle(engine, frame);
  }

  private NodeResult answer(Outcome parked, Resume resume) {
    NodeResult result = NodeResult.none();
    Payload existing = parked.output();
    if (resume.hasOutput()) {
      Object data =
          services.values().data(resume.output(), "The answer to node '" + parked.nodeId() + "'");
      result = NodeResult.output(data);
    } else if (existing != null) {
      result = NodeResult.output(existing.value());
    }
    return result.withAction(resume.action());
  }

  private @Nullable Outcome waiting(RunFrame frame, @Nullable String nodeId) {
    for (Outcome outcome :
        ContextSnapshot.inOrder(Stages.join(services.store().read(frame.runId(), Selection.ALL)))) {
      if (ContextSnapshot.isParked(outcome)
          && (nodeId == null || nodeId.equals(outcome.nodeId()))) {
        return outcome;
      }
    }
    return null;
  }

  /** Asks a run to stop. */
  public RunHandle cancel(String runId, String reason) {
    RunFrame frame = require(runId);
    if (!frame.isEnded()) {
      loadParkedChildren(frame);
      synchronized (frame.restLock()) {
        // Who waits from now on waits for the end, which may take a while, not for the last rest.
        frame.moves();
      }
      engine.lifecycle().cancel(frame, reason);
    }
    return new EngineRunHandle(engine, frame);
  }

  /** A child that nobody works on here is stopped with its parent only if it is known here. */
  private void loadParkedChildren(RunFrame frame) {
    for (Outcome outcome :
        Stages.join(services.store().read(frame.runId(), Selection.ALL)).outcomes().values()) {
      if (outcome.status() == NodeStatus.AWAITING
          && Detail.of(outcome).get(Detail.CHILD) instanceof String childRunId) {
        engine.recovery().load(childRunId);
      }
    }
  }

  /** Runs a failed run on from where it failed. */
  public RunHandle retry(String runId) {
    return new EngineRunHandle(engine, repairs.retry(runId));
  }

  /** Gives a parked or failed node a result. */
  public RunHandle complete(String runId, String nodeId, NodeResult result) {
    return new EngineRunHandle(engine, repairs.complete(runId, nodeId, result));
  }

  /** Why the run is where it is. */
  public RunExplanation explain(String runId) {
    return explainer.explain(runId);
  }

  /** Lists runs. */
  public RunPage list(RunQuery query) {
    return Stages.join(services.store().list(query));
  }

  /** The recorded events of a run, once others have been stored. */
  public List<HistoryEntry> history(String runId, CompletionStage<Void> stored) {
    return Stages.join(stored.thenCompose(done -> services.store().history(runId)));
  }

  /** Removes an ended run. */
  public void delete(String runId) {
    RunRecord run =
        Stages.join(services.store().find(runId)).orElseThrow(() -> Engine.unknown(runId));
    if (!run.status().isFinal()) {
      throw new FlowcraftException(
          ErrorCode.RUN_STATE,
          "Run '" + runId + "' is " + run.status() + ". Cancel it before it is deleted.",
          null,
          true);
    }
    RunFrame frame = engine.frames().get(runId);
    if (frame != null) {
      // Others have ended it. Nothing of it must be taken for a later run of the same id.
      engine.endings().endedElsewhere(frame, Optional.of(run));
    }
    Stages.join(services.coordination().forget(runId));
    Stages.join(services.store().delete(runId));
  }

  /** The live runs by status, for tests and health. */
  public Map<RunStatus, Integer> live() {
    Map<RunStatus, Integer> counts = new LinkedHashMap<>();
    engine
        .frames()
        .values()
        .forEach(
            frame ->
                counts.merge(
                    frame.rest().isDone() ? RunStatus.AWAITING : RunStatus.RUNNING,
                    1,
                    Integer::sum));
    return counts;
  }
}
