package io.flowcraft.examples.picture;

import io.flowcraft.blueprint.Blueprint;
import io.flowcraft.blueprint.EdgeDefinition;
import io.flowcraft.event.FlowEvent;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the events of one run tell about the way that it took. */
final class RunTrace {

  private final Map<String, String> actions = new HashMap<>();
  private final Map<String, String> fallbacks = new HashMap<>();
  private final Map<String, Integer> attempts = new HashMap<>();
  private final Map<EdgeDefinition, Boolean> conditions = new HashMap<>();
  private final Set<String> finished = new HashSet<>();

  RunTrace(List<FlowEvent> events) {
    events.forEach(this::add);
  }

  private void add(FlowEvent event) {
    if (event instanceof FlowEvent.NodeFinished node) {
      finished.add(node.nodeId());
      String action = node.result().action();
      actions.put(node.nodeId(), action == null ? "" : action);
    } else if (event instanceof FlowEvent.NodeFallback node) {
      fallbacks.put(node.nodeId(), node.fallback());
    } else if (event instanceof FlowEvent.NodeRetry node) {
      attempts.merge(node.nodeId(), node.attempt(), Math::max);
    } else if (event instanceof FlowEvent.EdgeEvaluated edge) {
      conditions.put(edge.edge(), edge.result());
    }
  }

  /** How many attempts failed and were followed by another one. */
  int retries(String nodeId) {
    return attempts.getOrDefault(nodeId, 0);
  }

  boolean usedFallback(String nodeId) {
    return fallbacks.containsKey(nodeId);
  }

  /** The rule of the engine: the edges with the action, or else those without any. */
  boolean isTaken(Blueprint blueprint, EdgeDefinition edge) {
    String decider = fallbacks.getOrDefault(edge.source(), edge.source());
    if (!finished.contains(decider)) {
      return false;
    }
    String action = actions.getOrDefault(decider, "");
    boolean chosen =
        blueprint.edges().stream()
            .filter(other -> other.source().equals(edge.source()) && other.hasAction())
            .anyMatch(other -> action.equals(other.action()) && holds(other));
    boolean selected = chosen ? action.equals(edge.action()) : !edge.hasAction();
    return selected && holds(edge);
  }

  private boolean holds(EdgeDefinition edge) {
    return !edge.hasCondition() || conditions.getOrDefault(edge, false);
  }
}
