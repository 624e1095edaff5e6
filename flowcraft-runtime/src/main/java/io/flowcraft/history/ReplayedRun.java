package io.flowcraft.history;

import io.flowcraft.run.NodeStatus;
import io.flowcraft.run.RunError;
import io.flowcraft.run.RunStatus;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A run as its events tell it. Immutable.
 *
 * @param runId the run
 * @param blueprintId the blueprint
 * @param status where the run was
 * @param nodes where each node was that something had happened to; of a node in a loop, in its last
 *     iteration
 * @param outputs the outputs by node; of a node in a loop, that of its last iteration
 * @param context what nodes wrote and returned, by context key; not the initial data and what edges
 *     delivered, which no event tells
 * @param errors the failures that nobody had handled, in the order of their occurrence
 * @param position the index of the event that had happened last
 */
public record ReplayedRun(
    String runId,
    String blueprintId,
    RunStatus status,
    Map<String, NodeStatus> nodes,
    Map<String, @Nullable Object> outputs,
    Map<String, @Nullable Object> context,
    List<RunError> errors,
    int position) {

  /** Copies the collections. */
  public ReplayedRun {
    nodes = Collections.unmodifiableMap(new LinkedHashMap<>(nodes));
    outputs = Collections.unmodifiableMap(new LinkedHashMap<>(outputs));
    context = Collections.unmodifiableMap(new LinkedHashMap<>(context));
    errors = List.copyOf(errors);
  }

  /** The ids of the nodes that waited for a timer, the outside or a child run. */
  public List<String> awaiting() {
    return nodes.entrySet().stream()
        .filter(
            node -> node.getValue() == NodeStatus.TIMER || node.getValue() == NodeStatus.AWAITING)
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Never the data, which may be secret. */
  @Override
  public String toString() {
    return "Run "
        + runId
        + " of "
        + blueprintId
        + " after event "
        + position
        + " is "
        + status
        + " "
        + nodes
        + errors;
  }
}
