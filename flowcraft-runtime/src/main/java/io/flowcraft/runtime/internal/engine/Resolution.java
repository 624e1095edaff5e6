package io.flowcraft.runtime.internal.engine;

import io.flowcraft.node.NodeResult;
import io.flowcraft.run.NodeStatus;
import io.flowcraft.run.RunError;
import io.flowcraft.runtime.internal.graph.GraphNode;
import io.flowcraft.runtime.internal.graph.Instance;
import io.flowcraft.runtime.internal.kernel.Arrivals;
import io.flowcraft.spi.EdgeDecision;
import io.flowcraft.spi.Payload;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A decided instance on its way to the stores.
 *
 * @param instance the instance
 * @param status what became of it
 * @param result the result, with data for output; null without one
 * @param output the output; null if there is none
 * @param routing the decided edges
 * @param arrivals what they mean for the joins
 * @param deferred the node whose edges wait for added nodes; null for none
 * @param error why it failed; null if it did not
 * @param tolerated whether the failure is acceptable
 * @param detail what else to store
 * @param writes the context writes; a null value is a deletion
 * @param attempts how many attempts were made
 * @param startedAtMillis when it began
 */
record Resolution(
    Instance instance,
    NodeStatus status,
    @Nullable NodeResult result,
    @Nullable Payload output,
    List<EdgeDecision> routing,
    Arrivals arrivals,
    @Nullable GraphNode deferred,
    @Nullable RunError error,
    boolean tolerated,
    @Nullable Map<String, @Nullable Object> detail,
    Map<String, @Nullable Payload> writes,
    int attempts,
    long startedAtMillis) {

  boolean failed() {
    return status == NodeStatus.FAILED && !tolerated;
  }
}
