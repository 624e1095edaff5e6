package io.flowcraft.blueprint;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A workflow as data: nodes, and edges between them.
 *
 * <p>The record holds whatever it is given; whether it makes sense is decided by validation before
 * a run starts, so that every problem can be reported at once.
 *
 * @param id names the workflow; runs and sub-workflow nodes refer to it
 * @param nodes the nodes in declaration order, which is the order that breaks ties
 * @param edges the edges in declaration order
 * @param metadata free data; {@code version} and {@code cycleEntryPoints} have a meaning
 */
public record Blueprint(
    String id,
    List<NodeDefinition> nodes,
    List<EdgeDefinition> edges,
    Map<String, @Nullable Object> metadata) {

  /** Copies the collections, so that later changes of the arguments do not reach the blueprint. */
  public Blueprint {
    Objects.requireNonNull(id, "id");
    nodes = List.copyOf(nodes);
    edges = List.copyOf(edges);
    metadata = Data.copy(metadata);
  }

  /** A blueprint without metadata. */
  public Blueprint(String id, List<NodeDefinition> nodes, List<EdgeDefinition> edges) {
    this(id, nodes, edges, Map.of());
  }

  /** The first node with this id, or empty. */
  public Optional<NodeDefinition> node(String nodeId) {
    return nodes.stream().filter(node -> node.id().equals(nodeId)).findFirst();
  }

  /** The text under {@code metadata.version}, or an empty text. */
  public String version() {
    return metadata.get("version") instanceof String version ? version : "";
  }

  /** The node ids under {@code metadata.cycleEntryPoints}: where a cycle without start begins. */
  public List<String> cycleEntryPoints() {
    return metadata.get("cycleEntryPoints") instanceof List<?> ids
        ? ids.stream().filter(String.class::isInstance).map(String.class::cast).toList()
        : List.of();
  }
}
