package io.flowcraft.testkit.golden;

import io.flowcraft.blueprint.EdgeDefinition;
import io.flowcraft.blueprint.NodeDefinition;
import io.flowcraft.error.ErrorCode;
import io.flowcraft.event.FlowEvent;
import io.flowcraft.event.FlowEvent.Origin;
import io.flowcraft.event.FlowListener;
import io.flowcraft.node.NodeResult;
import io.flowcraft.run.RunError;
import io.flowcraft.run.RunStatus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Hears our events and writes them down in the notation of the recordings. The rules are those of
 * the section "Events" in {@code docs/deviations.md}. One instance hears all steps of a run.
 */
final class EventTranslator implements FlowListener {

  private record Instance(String runId, String nodeId, String iteration) {}

  private final GoldenCase golden;
  private final boolean contextChanges;
  private final List<@Nullable Object> events = new ArrayList<>();
  private final Map<Instance, NodeResult> inputs = new HashMap<>();
  private final Set<Instance> parked = new HashSet<>();
  private boolean resuming;

  EventTranslator(GoldenCase golden) {
    this.golden = golden;
    this.contextChanges = golden.category().equals("context-events");
  }

  /**
   * Begins a step.
   *
   * @param resume whether it resumes a run: the original tells nothing about the run itself then
   */
  void beginStep(boolean resume) {
    resuming = resume;
    events.clear();
  }

  /** The events of the step, as far as the original has them. */
  List<@Nullable Object> events() {
    return List.copyOf(events);
  }

  @Override
  public void onEvent(FlowEvent event) {
    if (event instanceof FlowEvent.NodeStarted started) {
      started(started);
    } else if (event instanceof FlowEvent.NodeFinished finished) {
      finished(finished);
    } else if (event instanceof FlowEvent.NodeAwaiting awaiting) {
      awaiting(awaiting);
    } else if (event instanceof FlowEvent.NodeFailed failed) {
      failed(failed);
    } else if (event instanceof FlowEvent.NodeRetry retry) {
      // The original leaves the blueprint out here.
      node("node:retry", retry.origin(), retry.nodeId()).put("blueprintId", "");
      last().put("attempt", retry.attempt());
    } else if (event instanceof FlowEvent.NodeFallback fallback) {
      node("node:fallback", fallback.origin(), fallback.nodeId())
          .put("fallback", fallback.fallback());
    } else if (event instanceof FlowEvent.EdgeSkipped skipped) {
      node("node:skipped", skipped.origin(), skipped.nodeId()).put("edge", edge(skipped.edge()));
    } else if (event instanceof FlowEvent.EdgeEvaluated evaluated) {
      evaluated(evaluated);
    } else {
      otherEvent(event);
    }
  }

  private void otherEvent(FlowEvent event) {
    if (event instanceof FlowEvent.BatchStarted batch) {
      add("batch:start").put("batchId", batchId(batch.scatterNodeId(), "_scatter"));
      last().put("scatterNodeId", batch.scatterNodeId());
      last().put("workerNodeIds", batch.workerIds());
    } else if (event instanceof FlowEvent.BatchFinished batch) {
      add("batch:finish").put("batchId", batchId(batch.gatherNodeId(), "_gather"));
      last().put("gatherNodeId", batch.gatherNodeId());
      last().put("results", batch.results());
    } else if (event instanceof FlowEvent.ContextChanged change && contextChanges) {
      add("context:change").put("sourceNode", change.nodeId());
      last().put("key", change.key());
      last().put("op", change.deleted() ? "delete" : "set");
      last().put("value", change.value());
    } else if (!resuming && event.origin().parentRunId() == null) {
      runEvent(event);
    }
  }

  private void runEvent(FlowEvent event) {
    if (event instanceof FlowEvent.RunStarted) {
      run("workflow:start", event);
      run("workflow:resume", event);
    } else if (event instanceof FlowEvent.RunStalled stalled) {
      run("workflow:stall", event).put("remainingNodes", stalled.remainingNodes());
      run("workflow:pause", event);
    } else if (event instanceof FlowEvent.RunPaused) {
      run("workflow:finish", event).put("status", "awaiting");
    } else if (event instanceof FlowEvent.RunFinished finished) {
      run("workflow:finish", event).put("status", status(finished.status()));
      putErrors(finished.errors());
    }
  }

  /** Adds the failures to a pause: the original tells them there, our event does not. */
  void endStep(List<RunError> errors) {
    if (!events.isEmpty()
        && "workflow:finish".equals(last().get("type"))
        && "awaiting".equals(last().get("status"))) {
      putErrors(errors);
    }
  }

  private void putErrors(List<RunError> errors) {
    if (!errors.isEmpty()) {
      last().put("errors", errors.stream().map(EventTranslator::runError).toList());
    }
  }

  private void started(FlowEvent.NodeStarted event) {
    NodeResult input = event.hasInput() ? NodeResult.output(event.input()) : NodeResult.none();
    inputs.put(new Instance(event.origin().runId(), event.nodeId(), event.iteration()), input);
    node("node:start", event.origin(), event.nodeId());
    if (event.hasInput()) {
      last().put("input", event.input());
    }
  }

  private void finished(FlowEvent.NodeFinished event) {
    Instance instance = new Instance(event.origin().runId(), event.nodeId(), event.iteration());
    if (!parked.remove(instance)) {
      node("node:finish", event.origin(), event.nodeId()).put("result", result(event.result()));
    }
  }

  /** The original calls a node that waits finished; a sleeping one with its input as output. */
  private void awaiting(FlowEvent.NodeAwaiting event) {
    Instance instance = new Instance(event.origin().runId(), event.nodeId(), event.iteration());
    parked.add(instance);
    NodeResult output =
        event.reason().equals("timer")
            ? inputs.getOrDefault(instance, NodeResult.none())
            : NodeResult.none();
    node("node:finish", event.origin(), event.nodeId()).put("result", result(output));
  }

  private void failed(FlowEvent.NodeFailed event) {
    if (event.error().code() == ErrorCode.IMPLEMENTATION_MISSING) {
      // The original fails such a node without a word about it.
      removeLastStart(event.nodeId());
      return;
    }
    node("node:error", event.origin(), event.nodeId());
    Map<String, @Nullable Object> error = message(event.error());
    if (event.error().fatal()) {
      error.put("isFatal", true);
    }
    last().put("error", error);
  }

  private void removeLastStart(String nodeId) {
    for (int i = events.size() - 1; i >= 0; i--) {
      Map<String, @Nullable Object> event = Tree.map(events.get(i));
      if ("node:start".equals(event.get("type")) && nodeId.equals(event.get("nodeId"))) {
        events.remove(i);
        return;
      }
    }
  }

  private void evaluated(FlowEvent.EdgeEvaluated event) {
    add("edge:evaluate").put("source", event.edge().source());
    last().put("target", event.edge().target());
    last().put("condition", event.edge().condition());
    last().put("result", event.result());
  }

  private Map<String, @Nullable Object> add(String type) {
    Map<String, @Nullable Object> event = new LinkedHashMap<>();
    event.put("type", type);
    events.add(event);
    return event;
  }

  private Map<String, @Nullable Object> run(String type, FlowEvent event) {
    Map<String, @Nullable Object> translated = add(type);
    translated.put("blueprintId", blueprintId(event.origin()));
    return translated;
  }

  private Map<String, @Nullable Object> node(String type, Origin origin, String nodeId) {
    Map<String, @Nullable Object> event = add(type);
    event.put("nodeId", nodeId);
    event.put("blueprintId", blueprintId(origin));
    return event;
  }

  /** Ours names a blueprint as it was registered, the original by the id that it holds. */
  private Object blueprintId(Origin origin) {
    Object own = golden.blueprints().getOrDefault(origin.blueprintId(), Map.of()).get("id");
    return own == null ? origin.blueprintId() : own;
  }

  private Map<String, @Nullable Object> last() {
    return Tree.map(events.get(events.size() - 1));
  }

  /** The name of a status in the recordings. */
  static String status(RunStatus status) {
    return status.name().toLowerCase(Locale.ROOT);
  }

  /** A failure of a run as the recordings list it. */
  static Map<String, @Nullable Object> runError(RunError error) {
    Map<String, @Nullable Object> translated = message(error);
    translated.put("nodeId", error.nodeId());
    return translated;
  }

  private static Map<String, @Nullable Object> message(RunError error) {
    Map<String, @Nullable Object> translated = new LinkedHashMap<>();
    translated.put("message", error.message());
    if (!error.causes().isEmpty()) {
      translated.put("causes", error.causes());
    }
    return translated;
  }

  private static Map<String, @Nullable Object> result(NodeResult result) {
    Map<String, @Nullable Object> translated = new LinkedHashMap<>(result.extras());
    if (result.hasOutput()) {
      translated.put("output", result.output());
    }
    if (result.action() != null) {
      translated.put("action", result.action());
    }
    if (!result.dynamicNodes().isEmpty()) {
      translated.put(
          "dynamicNodes", result.dynamicNodes().stream().map(NodeDefinition::id).toList());
    }
    return translated;
  }

  private static Map<String, @Nullable Object> edge(EdgeDefinition edge) {
    Map<String, @Nullable Object> translated = new LinkedHashMap<>();
    translated.put("source", edge.source());
    translated.put("target", edge.target());
    putText(translated, "action", edge.action());
    putText(translated, "condition", edge.condition());
    putText(translated, "transform", edge.transform());
    return translated;
  }

  private static void putText(
      Map<String, @Nullable Object> map, String key, @Nullable String text) {
    if (text != null && !text.isEmpty()) {
      map.put(key, text);
    }
  }

  /** The original names a batch after its nodes. */
  private static String batchId(String nodeId, String suffix) {
    return nodeId.endsWith(suffix)
        ? nodeId.substring(0, nodeId.length() - suffix.length())
        : nodeId;
  }
}
