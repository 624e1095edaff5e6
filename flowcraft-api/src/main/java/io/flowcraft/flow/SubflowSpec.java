package io.flowcraft.flow;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What {@link FlowBuilder} may be told about a sub-workflow: what goes in, what comes out, and how
 * the node behaves. Only usable inside the call that hands it out.
 */
public final class SubflowSpec {

  private final Map<String, Object> inputs = new LinkedHashMap<>();
  private final Map<String, Object> outputs = new LinkedHashMap<>();
  private final NodeSpec node = new NodeSpec();

  SubflowSpec() {}

  /**
   * Hands a value to the child run. Without any, the child's first nodes get the node's input.
   *
   * @param childKey the key in the child's initial context
   * @param source a node or a context key of this flow
   */
  public SubflowSpec input(String childKey, String source) {
    inputs.put(childKey, source);
    return this;
  }

  /** Hands several values to the child run: sources of this flow by the child's key. */
  public SubflowSpec inputs(Map<String, String> sources) {
    inputs.putAll(sources);
    return this;
  }

  /**
   * Stores a value of the finished child run. Without any, the output of the node is that of the
   * child's last node.
   *
   * @param key the context key of this flow
   * @param childSource a node or a context key of the child
   */
  public SubflowSpec output(String key, String childSource) {
    outputs.put(key, childSource);
    return this;
  }

  /** Stores several values of the finished child run: the child's sources by key of this flow. */
  public SubflowSpec outputs(Map<String, String> childSources) {
    outputs.putAll(childSources);
    return this;
  }

  /** Sets retries, timeout, fallback or join of the node. */
  public SubflowSpec node(Consumer<NodeSpec> spec) {
    spec.accept(node);
    return this;
  }

  /** The node's settings, with what this spec collected among the parameters. */
  NodeSpec complete(String blueprintId) {
    node.param("blueprintId", blueprintId);
    if (!inputs.isEmpty()) {
      node.param("inputs", inputs);
    }
    if (!outputs.isEmpty()) {
      node.param("outputs", outputs);
    }
    return node;
  }
}
