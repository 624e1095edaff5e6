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
import io.flowcraft.spi.Selection;
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
    Map<String, Outcome> latest = new HashMap<>();
    List<NodeReport> reports = new ArrayList<>();
    for (Outcome outcome :
        ContextSnapshot.inOrder(Stages.join(services.store().read(runId, Selection.ALL)))) {
      latest.put(outcome.nodeId(), outcome);
      if (ContextSnapshot.isParked(outcome)) {
        reports.add(parked(outcome));
      } else if (outcome.status() == NodeStatus.FAILED) {
        reports.add(failed(outcome));
      }
    }
    Set<String> running = new HashSet<>();
    for (Strand strand : frame.strands().list()) {
      running.add(strand.instance().node().id());
      reports.add(running(strand));
    }
    for (GraphNode node : frame.graph().declared()) {
      boolean decided = latest.containsKey(node.id()) || run.status() == RunStatus.COMPLETED;
      if (!decided && !running.contains(node.id()) && !node.isFallbackOnly()) {
        reports.add(undecided(node, latest, run));
      }
    }
    return new RunExplanation(runId, run.blueprintId(), run.status(), reports);
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
        "");
  }

  private static NodeReport undecided(GraphNode node, Map<String, Outcome> latest, RunRecord run) {
    List<String> waitsFor = new ArrayList<>();
    for (GraphEdge edge : node.in()) {
      Outcome source = latest.get(edge.source().id());
      if (source == null || !source.status().isFinal()) {
        waitsFor.add(edge.source().id());
      }
    }
    boolean due = waitsFor.isEmpty() && !run.status().isFinal();
    return new NodeReport(
        node.id(),
        "",
        due ? NodeStatus.QUEUED : NodeStatus.WAITING,
        0,
        null,
        waitsFor,
        null,
        null,
        due ? "a worker will take it" : "");
  }
}
