package io.flowcraft.history;

import io.flowcraft.event.FlowEvent.NodeFailed;
import io.flowcraft.event.FlowEvent.NodeFallback;
import io.flowcraft.event.FlowEvent.NodeFinished;
import io.flowcraft.node.NodeResult;
import io.flowcraft.run.NodeStatus;
import io.flowcraft.run.RunError;
import io.flowcraft.runtime.internal.graph.InstanceKeys;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The node instances of a replayed run, in the order in which something last happened to them. */
final class ReplayedNodes {

  private record Key(String nodeId, String iteration) {}

  /** Where an instance is, with its result and its failure if it has any. */
  private record State(NodeStatus status, @Nullable NodeResult result, @Nullable RunError error) {}

  private final Map<Key, State> instances = new LinkedHashMap<>();

  /** Whom an instance stands in for. */
  private final Map<Key, Key> replacedBy = new HashMap<>();

  void become(String nodeId, String iteration, NodeStatus status) {
    put(new Key(nodeId, iteration), new State(status, null, null));
  }

  /** A failed instance, whose stand-in will be found at a place of its own. */
  void replaced(NodeFallback event) {
    Key failed = new Key(event.nodeId(), event.iteration());
    String place = InstanceKeys.standIn(event.iteration(), event.nodeId());
    replacedBy.put(new Key(event.fallback(), place), failed);
    put(failed, new State(NodeStatus.REPLACED, null, null));
  }

  /**
   * A failed instance, unless another one stands in for it.
   *
   * @return whether it had a result, which counts for nothing if no edge could be chosen by it
   */
  boolean failed(NodeFailed event) {
    Key failed = new Key(event.nodeId(), event.iteration());
    State before = instances.get(failed);
    if (before != null && before.status() == NodeStatus.REPLACED) {
      return false;
    }
    put(failed, new State(NodeStatus.FAILED, null, event.error()));
    return before != null && before.result() != null;
  }

  /** An instance with a result, which is also that of the one that it stands in for. */
  void finished(NodeFinished event) {
    Key next = new Key(event.nodeId(), event.iteration());
    NodeStatus status = NodeStatus.COMPLETED;
    while (next != null) {
      put(next, new State(status, event.result(), null));
      next = replacedBy.get(next);
      status = NodeStatus.REPLACED;
    }
  }

  private void put(Key key, State state) {
    instances.remove(key);
    instances.put(key, state);
  }

  Map<String, NodeStatus> statuses() {
    Map<String, NodeStatus> statuses = new LinkedHashMap<>();
    instances.forEach((key, state) -> statuses.put(key.nodeId(), state.status()));
    return statuses;
  }

  Map<String, @Nullable Object> outputs() {
    Map<String, @Nullable Object> outputs = new LinkedHashMap<>();
    instances.forEach(
        (key, state) -> {
          if (state.result() != null && state.result().hasOutput()) {
            outputs.put(key.nodeId(), state.result().output());
          }
        });
    return outputs;
  }

  List<RunError> errors() {
    List<RunError> errors = new ArrayList<>();
    for (State state : instances.values()) {
      if (state.error() != null) {
        errors.add(state.error());
      }
    }
    return errors;
  }
}
