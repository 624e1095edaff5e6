package io.flowcraft.systemtests;

import io.flowcraft.run.NodeStatus;
import io.flowcraft.run.RunResult;
import io.flowcraft.run.RunStatus;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What has come of a run, without what differs from run to run: its times.
 *
 * @param status of the run
 * @param nodes the route: what became of each node
 * @param outputs by node
 * @param errors in an order that does not depend on who was first
 * @param awaiting who waits
 * @param context all data of the run, but for the times at which it wakes up, and for what edges
 *     delivered: at a join that is the delivery that was noted last, and branches have no order
 */
record Observed(
    RunStatus status,
    Map<String, NodeStatus> nodes,
    Map<String, @Nullable Object> outputs,
    List<String> errors,
    List<String> awaiting,
    Map<String, @Nullable Object> context) {

  static Observed of(RunResult result) {
    Map<String, @Nullable Object> context = new LinkedHashMap<>(result.context());
    context.keySet().removeIf(key -> key.startsWith("_inputs."));
    context.remove("_awaitingDetails");
    return new Observed(
        result.status(),
        new TreeMap<>(result.nodes()),
        result.outputs(),
        result.errors().stream().map(Object::toString).sorted().toList(),
        result.awaiting().stream().sorted().toList(),
        context);
  }
}
