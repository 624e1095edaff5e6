package io.flowcraft.testkit;

import io.flowcraft.node.NodeContext;
import io.flowcraft.run.RunError;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a test double was called with.
 *
 * @param nodeId the node
 * @param iteration the iterations of the loops around it; empty outside loops
 * @param attempt the attempt, from 1
 * @param hasInput whether there was an input, possibly null
 * @param input the input, or null
 * @param inputs what each taken edge delivered, by source node
 * @param params the static parameters
 * @param failure in a fallback node: why the node that it stands in for failed; otherwise null
 */
public record NodeCall(
    String nodeId,
    String iteration,
    int attempt,
    boolean hasInput,
    @Nullable Object input,
    Map<String, @Nullable Object> inputs,
    Map<String, @Nullable Object> params,
    @Nullable RunError failure) {

  /** Copies the maps. */
  public NodeCall {
    inputs = Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
    params = Collections.unmodifiableMap(new LinkedHashMap<>(params));
  }

  static NodeCall of(NodeContext context) {
    return new NodeCall(
        context.nodeId(),
        context.iteration(),
        context.attempt(),
        context.hasInput(),
        context.input(),
        context.inputs(),
        context.params(),
        context.failure());
  }
}
