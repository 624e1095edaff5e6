package io.flowcraft.flow;

import io.flowcraft.blueprint.BuiltIns;
import io.flowcraft.blueprint.InputMapping;
import io.flowcraft.blueprint.Join;
import io.flowcraft.blueprint.NodeConfig;
import io.flowcraft.blueprint.NodeDefinition;
import io.flowcraft.blueprint.Retry;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What {@link FlowBuilder} may be told about a node besides its implementation. Only usable inside
 * the call that hands it out.
 */
public final class NodeSpec {

  private final Map<String, @Nullable Object> params = new LinkedHashMap<>();
  private NodeConfig config = NodeConfig.DEFAULT;
  private @Nullable InputMapping inputs;

  NodeSpec() {}

  /** How often the node is attempted; without it, once. */
  public NodeSpec retry(Retry retry) {
    config = config.withRetry(retry);
    return this;
  }

  /**
   * The longest time of one attempt. Of a wait, the longest time until somebody answers: then it
   * takes the edges with the action {@code timeout}, or fails if there are none.
   */
  public NodeSpec timeout(Duration timeout) {
    config = config.withTimeout(timeout);
    return this;
  }

  /** The node that stands in when all attempts have failed. */
  public NodeSpec fallback(String nodeId) {
    config = config.withFallback(nodeId);
    return this;
  }

  /**
   * The node that undoes the work of this one, once it has completed, if the run fails or is
   * cancelled. It has no edges; its input is the output of the node that it undoes. Compensations
   * run one after the other, the latest work first.
   */
  public NodeSpec compensate(String nodeId) {
    config = config.withCompensate(nodeId);
    return this;
  }

  /** When the node starts if it has several incoming edges; without it, {@link Join#all()}. */
  public NodeSpec join(Join join) {
    config = config.withJoin(join);
    return this;
  }

  /** Takes the input from one source ({@link InputMapping}) instead of from the edges. */
  public NodeSpec input(String source) {
    inputs = InputMapping.from(source);
    return this;
  }

  /** Makes the input a map with the value of a source ({@link InputMapping}) under each key. */
  public NodeSpec inputs(Map<String, String> sources) {
    inputs = InputMapping.from(sources);
    return this;
  }

  /**
   * Adds a static parameter.
   *
   * @param value JSON-like data: null, boolean, number, text, list, map
   */
  public NodeSpec param(String name, @Nullable Object value) {
    params.put(name, value);
    return this;
  }

  /** Adds static parameters. */
  public NodeSpec params(Map<String, ? extends @Nullable Object> values) {
    params.putAll(values);
    return this;
  }

  NodeDefinition define(String id, String uses) {
    Duration patience = config.timeout();
    if (BuiltIns.WAIT.equals(uses) && patience != null) {
      // A wait is executed in no time; it is the answer that takes long.
      params.put("timeout", millis(patience));
      config = config.withTimeout(null);
    }
    return new NodeDefinition(id, uses, params, inputs, config, null);
  }

  /** In the form that the number has when a blueprint is read from JSON, so that both are equal. */
  static Number millis(Duration duration) {
    long millis = duration.toMillis();
    if (millis == (int) millis) {
      return (int) millis;
    }
    return millis;
  }
}
