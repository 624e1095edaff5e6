package io.flowcraft.blueprint;

import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One node of a blueprint.
 *
 * @param id unique within the blueprint
 * @param uses the key of the implementation in the registry, or of a built-in ({@link BuiltIns})
 * @param params static parameters: JSON-like data (null, boolean, number, text, list, map)
 * @param inputs where the input comes from; null for what the incoming edges deliver
 * @param config retries, timeout, fallback, join
 * @param sourceLocation where a compiler found the node, kept for messages
 */
public record NodeDefinition(
    String id,
    String uses,
    Map<String, @Nullable Object> params,
    @Nullable InputMapping inputs,
    NodeConfig config,
    @Nullable SourceLocation sourceLocation) {

  /** Copies the parameters. */
  public NodeDefinition {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(uses, "uses");
    Objects.requireNonNull(config, "config");
    params = Data.copy(params);
  }

  /** A node with parameters and nothing else. */
  public NodeDefinition(String id, String uses, Map<String, ? extends @Nullable Object> params) {
    this(id, uses, Data.copy(params), null, NodeConfig.DEFAULT, null);
  }

  /** A node with an id and an implementation key. */
  public static NodeDefinition of(String id, String uses) {
    return new NodeDefinition(id, uses, Map.of());
  }

  /** The same node with another configuration. */
  public NodeDefinition withConfig(NodeConfig other) {
    return new NodeDefinition(id, uses, params, inputs, other, sourceLocation);
  }

  /** The same node with other inputs. */
  public NodeDefinition withInputs(@Nullable InputMapping other) {
    return new NodeDefinition(id, uses, params, other, config, sourceLocation);
  }

  /** The same node with other parameters. */
  public NodeDefinition withParams(Map<String, ? extends @Nullable Object> other) {
    return new NodeDefinition(id, uses, Data.copy(other), inputs, config, sourceLocation);
  }
}
