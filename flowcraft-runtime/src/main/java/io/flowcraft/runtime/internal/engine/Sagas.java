package io.flowcraft.runtime.internal.engine;

import io.flowcraft.blueprint.Blueprint;
import io.flowcraft.blueprint.EdgeDefinition;
import io.flowcraft.blueprint.InputMapping;
import io.flowcraft.blueprint.NodeDefinition;
import io.flowcraft.error.ErrorCode;
import io.flowcraft.run.NodeStatus;
import io.flowcraft.run.RunError;
import io.flowcraft.run.RunOptions;
import io.flowcraft.run.RunStatus;
import io.flowcraft.spi.Outcome;
import io.flowcraft.spi.RunRecord;
import io.flowcraft.spi.RunSlice;
import io.flowcraft.spi.Selection;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Undoes the work of runs that fail or are cancelled. The compensations of a run are a run of their
 * own, a chain with the latest work first, so that they are stored, resumed, repeated and shown
 * like everything else. The run itself ends when they have.
 */
final class Sagas {

  /** Stands for the instance of the parent that the run of compensations belongs to. */
  static final String INSTANCE = "~compensation";

  private static final String STATUS = "status";
  private static final String WORK = "_work.";

  private final Engine engine;
  private final Services services;

  Sagas(Engine engine) {
    this.engine = engine;
    this.services = engine.services();
  }

  /** The run of compensations of a run. */
  static String runId(String runId) {
    return runId + "/" + INSTANCE;
  }

  /**
   * Whether work of a run is to be undone before it ends.
   *
   * @param status how it will end
   */
  boolean isDue(RunFrame frame, RunStatus status) {
    return (status == RunStatus.FAILED || status == RunStatus.CANCELLED)
        && frame.graph().hasCompensations()
        && !work(frame).isEmpty();
  }

  /** What is to be undone, the latest first: whoever builds on something is later than it. */
  private List<Outcome> work(RunFrame frame) {
    RunSlice slice = Stages.join(services.store().read(frame.runId(), Selection.ALL));
    List<Outcome> work = new ArrayList<>();
    for (Outcome outcome : ContextSnapshot.inOrder(slice)) {
      if (outcome.status() == NodeStatus.COMPLETED
          && frame.graph().compensation(outcome.nodeId()) != null) {
        work.add(outcome);
      }
    }
    Collections.reverse(work);
    return work;
  }

  /** Begins to undo the work of a run, or goes on with it; harmless when that is under way. */
  void begin(RunFrame frame) {
    frame.compensates();
    List<Outcome> work = work(frame);
    Definition definition = engine.definitions().once(blueprint(frame, work));
    Map<String, @Nullable Object> input = new LinkedHashMap<>();
    for (int i = 0; i < work.size(); i++) {
      Outcome done = work.get(i);
      if (done.output() != null) {
        input.put(WORK + i, done.output().value());
      }
    }
    String runId = runId(frame.runId());
    NewRun run =
        new NewRun(
            runId,
            false,
            frame.record().blueprintId() + INSTANCE,
            definition,
            input,
            RunOptions.runId(runId),
            frame.runId(),
            INSTANCE);
    RunFrame compensations = engine.starter().start(run, false);
    if (compensations.isEnded()) {
      ended(frame, compensations.record().status(), compensations.errors());
    }
  }

  private static Blueprint blueprint(RunFrame frame, List<Outcome> work) {
    Map<String, Integer> count = new HashMap<>();
    List<NodeDefinition> nodes = new ArrayList<>();
    List<EdgeDefinition> edges = new ArrayList<>();
    for (int i = 0; i < work.size(); i++) {
      NodeDefinition node =
          Objects.requireNonNull(frame.graph().compensation(work.get(i).nodeId()));
      int number = count.merge(node.id(), 1, Integer::sum);
      String id = number == 1 ? node.id() : node.id() + "~" + number;
      InputMapping input = node.inputs() == null ? InputMapping.from(WORK + i) : node.inputs();
      nodes.add(
          new NodeDefinition(
              id, node.uses(), node.params(), input, node.config().withJoin(null), null));
      if (i > 0) {
        edges.add(EdgeDefinition.of(nodes.get(i - 1).id(), id));
      }
    }
    return new Blueprint(frame.record().blueprintId() + INSTANCE, nodes, edges, Map.of());
  }

  /**
   * What a run keeps of its end.
   *
   * @param next how it will end when its work is undone; null if it has ended
   */
  static Map<String, Object> summary(@Nullable RunStatus next, List<RunError> errors) {
    Map<String, Object> data = new LinkedHashMap<>();
    if (next != null) {
      data.put(STATUS, next.name());
    }
    if (!errors.isEmpty()) {
      data.put(Detail.ERRORS, errors.stream().map(Detail::error).toList());
    }
    return data;
  }

  /** The compensations of a run have ended, and so does the run. */
  void ended(RunFrame frame, RunStatus how, List<RunError> theirs) {
    RunRecord run = Stages.join(services.store().find(frame.runId())).orElse(frame.record());
    if (run.status() != RunStatus.COMPENSATING
        || !(run.summary() != null && run.summary().value() instanceof Map<?, ?> summary)
        || !(summary.get(STATUS) instanceof String status)) {
      return;
    }
    List<RunError> errors = new ArrayList<>(Recovery.toldErrors(run));
    if (how != RunStatus.COMPLETED) {
      errors.addAll(theirs);
      errors.add(
          new RunError(
              ErrorCode.COMPENSATION_FAILED,
              null,
              "The work of the run could not be undone. Retry run '"
                  + runId(frame.runId())
                  + "' when the cause is mended.",
              List.of(),
              null,
              false));
    }
    engine.endings().finish(frame, run.epoch(), RunStatus.valueOf(status), errors);
  }

  /** Looks whether the compensations of a run go on, or have ended without a word. */
  void lookAfter(RunFrame frame) {
    Optional<RunRecord> stored = Stages.join(services.store().find(runId(frame.runId())));
    if (stored.isEmpty()) {
      begin(frame);
    } else if (stored.get().status().isFinal()) {
      RunFrame compensations = Engine.known(engine.recovery().read(runId(frame.runId())), INSTANCE);
      ended(frame, stored.get().status(), compensations.errors());
    }
  }
}
