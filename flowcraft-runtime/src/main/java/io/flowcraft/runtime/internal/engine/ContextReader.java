package io.flowcraft.runtime.internal.engine;

import io.flowcraft.runtime.internal.graph.GraphEdge;
import io.flowcraft.runtime.internal.graph.GraphNode;
import io.flowcraft.spi.EdgeDecision;
import io.flowcraft.spi.EdgeState;
import io.flowcraft.spi.Entry;
import io.flowcraft.spi.Outcome;
import io.flowcraft.spi.Payload;
import io.flowcraft.spi.RunSlice;
import io.flowcraft.spi.Selection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the committed data of a run by key. Outputs and delivered inputs are not stored under their
 * keys a second time; they are found in the outcomes.
 */
final class ContextReader {

  static final String OUTPUTS = "_outputs.";
  static final String INPUTS = "_inputs.";
  static final String EXECUTION_ID = "_executionId";

  private final Services services;
  private final RunFrame frame;

  ContextReader(Services services, RunFrame frame) {
    this.services = services;
    this.frame = frame;
  }

  /** The value under a key; null if there is none. May block while a remote store answers. */
  @Nullable Payload get(String key) {
    List<String> nodes = nodesBehind(key);
    RunSlice slice = read(Selection.latest(nodes, List.of(key)));
    Entry entry = slice.entries().get(key);
    long sequence = entry == null ? 0 : entry.sequence();
    Payload value = entry == null ? initial(key) : entry.value();
    for (Outcome outcome : slice.outcomes().values()) {
      if (outcome.sequence() >= sequence) {
        Found found = find(key, outcome);
        if (found != null) {
          value = found.value();
          sequence = outcome.sequence();
        }
      }
    }
    return value;
  }

  /** The outputs of nodes, in their order; null for a node without output. */
  List<@Nullable Payload> outputs(List<String> nodeIds) {
    RunSlice slice = read(Selection.latest(nodeIds, List.of()));
    Map<String, Outcome> byNode = new HashMap<>();
    slice.outcomes().values().forEach(outcome -> byNode.put(outcome.nodeId(), outcome));
    List<@Nullable Payload> outputs = new ArrayList<>(nodeIds.size());
    for (String id : nodeIds) {
      Outcome outcome = byNode.get(id);
      outputs.add(outcome == null ? null : outcome.output());
    }
    return outputs;
  }

  /** Everything, as the npm library shows it. */
  Map<String, @Nullable Object> all() {
    return ContextSnapshot.build(frame, read(Selection.ALL));
  }

  private RunSlice read(Selection selection) {
    return Stages.join(services.store().read(frame.runId(), selection));
  }

  private @Nullable Payload initial(String key) {
    Map<String, @Nullable Object> initial = frame.initial();
    if (key.equals(EXECUTION_ID) && !initial.containsKey(key)) {
      return services.values().payload(frame.runId());
    }
    return initial.containsKey(key) ? services.values().payload(initial.get(key)) : null;
  }

  private List<String> nodesBehind(String key) {
    if (key.startsWith(OUTPUTS)) {
      return List.of(key.substring(OUTPUTS.length()));
    }
    if (key.startsWith(INPUTS)) {
      GraphNode target = frame.node(key.substring(INPUTS.length()));
      List<String> sources = new ArrayList<>();
      if (target != null) {
        target.in().forEach(edge -> sources.add(edge.source().id()));
      }
      return sources;
    }
    return frame.node(key) == null ? List.of() : List.of(key);
  }

  private record Found(@Nullable Payload value) {}

  private @Nullable Found find(String key, Outcome outcome) {
    if (!key.startsWith(INPUTS)) {
      boolean finished = outcome.status().isFinal();
      return finished || outcome.output() != null ? new Found(outcome.output()) : null;
    }
    String target = key.substring(INPUTS.length());
    Found found = null;
    for (EdgeDecision decision : outcome.routing()) {
      GraphEdge edge = frame.graph().edge(decision.edge());
      if (decision.state() == EdgeState.TAKEN && edge.definition().target().equals(target)) {
        found = new Found(decision.transformed() ? decision.value() : outcome.output());
      }
    }
    return found;
  }

  /** Whether there is a value, possibly null, or a node that finished without output. */
  boolean has(String key) {
    if (get(key) != null) {
      return true;
    }
    if (key.startsWith(INPUTS)) {
      return false;
    }
    RunSlice slice = read(Selection.latest(nodesBehind(key), List.of()));
    return slice.outcomes().values().stream().anyMatch(outcome -> outcome.status().isFinal());
  }
}
