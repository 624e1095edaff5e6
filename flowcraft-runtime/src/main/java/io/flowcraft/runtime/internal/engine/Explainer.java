package io.flowcraft.runtime.internal.engine;

import io.flowcraft.run.NodeReport;
import io.flowcraft.run.NodeStatus;
import io.flowcraft.run.RunError;
import io.flowcraft.run.RunExplanation;
import io.flowcraft.run.RunStatus;
import io.flowcraft.runtime.internal.graph.GraphEdge;
import io.flowcraft.runtime.internal.graph.GraphNode;
import io.flowcraft.runtime.internal.graph.Instance;
import io.flowcraft.spi.Outcome;
import io.flowcraft.spi.RunRecord;
import io.flowcraft.spi.RunSlice;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Says why a run is where it is. */
final class Explainer {

  private final Engine engine;
  private final Services services;

  Explainer(Engine engine) {
    this.engine = engine;
    this.services = engine.services();
  }

  RunExplanation explain(String runId) {
    RunRecord run =
        Stages.join(services.store().find(runId)).orElseThrow(() -> Engine.unknown(runId));
    RunFrame frame = Engine.known(engine.recovery().load(runId), runId);
    RunSlice slice = engine.recovery().slice(frame);
    Map<String, Outcome> latest = new HashMap<>();
    List<NodeReport> reports = new ArrayList<>();
    for (Outcome outcome : ContextSnapshot.inOrder(slice)) {
      latest.put(outcome.nodeId(), outcome);
      if (ContextSnapshot.isParked(outcome)) {
        reports.add(parked(outcome));
      } else if (outcome.status() == NodeStatus.FAILED) {
        reports.add(failed(outcome));
      }
    }
    if (run.status() == RunStatus.COMPENSATING) {
      reports.add(compensating(run));
    }
    Set<String> told = new HashSet<>();
    if (!run.status().isFinal() && run.status() != RunStatus.COMPENSATING) {
      for (Strand strand : frame.strands().list()) {
        told.add(strand.instance().node().id());
        reports.add(running(strand));
      }
      for (Due due : Replay.of(engine, frame, slice, frame.epoch()).due()) {
        if (told.add(due.instance().node().id())) {
          reports.add(due(frame, due.instance()));
        }
      }
    }
    for (GraphNode node : frame.graph().declared()) {
      boolean decided = latest.containsKey(node.id()) || run.status() == RunStatus.COMPLETED;
      if (!decided && !told.contains(node.id()) && !node.isFallbackOnly()) {
        reports.add(undecided(node, latest));
      }
    }
    return new RunExplanation(runId, run.blueprintId(), run.status(), reports);
  }

  private static NodeReport compensating(RunRecord run) {
    return new NodeReport(
        Sagas.INSTANCE,
        "",
        NodeStatus.AWAITING,
        0,
        Instant.ofEpochMilli(run.updatedAtMillis()),
        List.of("run " + Sagas.runId(run.runId())),
        null,
        null,
        null,
        "explain the run of compensations");
  }

  /** Something that can run and that nobody here runs. */
  private NodeReport due(RunFrame frame, Instance instance) {
    String holder =
        services.settings().isAlone()
            ? null
            : Stages.join(services.coordination().get(Pulse.lease(frame.runId(), instance.key())));
    return new NodeReport(
        instance.node().id(),
        instance.path().text(),
        holder == null ? NodeStatus.QUEUED : NodeStatus.RUNNING,
        0,
        null,
        List.of(),
        null,
        holder,
        null,
        holder == null ? "a worker will take it" : "");
  }

  private static NodeReport parked(Outcome outcome) {
    Map<String, @Nullable Object> detail = Detail.of(outcome);
    String reason = String.valueOf(detail.get(Detail.REASON));
    Object child = detail.get(Detail.CHILD);
    Instant wakeUpAt =
        outcome.wakeUpAtMillis() == null ? null : Instant.ofEpochMilli(outcome.wakeUpAtMillis());
    String advice =
        child != null
            ? "explain the child run"
            : outcome.status() == NodeStatus.AWAITING
                ? "resume the run at this node, or complete the node by hand"
                : "";
    return new NodeReport(
        outcome.nodeId(),
        outcome.path(),
        outcome.status(),
        outcome.attempt(),
        Instant.ofEpochMilli(outcome.endedAtMillis()),
        List.of(child == null ? reason : "run " + child),
        wakeUpAt,
        null,
        null,
        advice);
  }

  private static NodeReport failed(Outcome outcome) {
    RunError error = Detail.readError(Detail.of(outcome).get(Detail.ERROR));
    return new NodeReport(
        outcome.nodeId(),
        outcome.path(),
        NodeStatus.FAILED,
        outcome.attempt(),
        Instant.ofEpochMilli(outcome.endedAtMillis()),
        List.of(),
        null,
        null,
        error,
        "retry the run when the cause is mended, or complete the node by hand");
  }

  private static NodeReport running(Strand strand) {
    Instance instance = strand.instance();
    return new NodeReport(
        instance.node().id(),
        instance.path().text(),
        NodeStatus.RUNNING,
        0,
        Instant.ofEpochMilli(strand.startedAtMillis()),
        List.of(),
        null,
        null,
        null,
        "");
  }

  private static NodeReport undecided(GraphNode node, Map<String, Outcome> latest) {
    List<String> waitsFor = new ArrayList<>();
    for (GraphEdge edge : node.in()) {
      Outcome source = latest.get(edge.source().id());
      if (source == null || !source.status().isFinal()) {
        waitsFor.add(edge.source().id());
      }
    }
    return new NodeReport(
        node.id(), "", NodeStatus.WAITING, 0, null, waitsFor, null, null, null, "");
  }
}
