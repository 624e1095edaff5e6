package io.flowcraft.runtime.internal.graph;

import io.flowcraft.blueprint.Blueprint;
import io.flowcraft.blueprint.NodeDefinition;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A compiled blueprint. Immutable; shared by all runs of the blueprint. */
public final class Graph {

  private final Blueprint blueprint;
  private final Map<String, GraphNode> nodes;
  private final List<GraphNode> declared;
  private final List<GraphNode> starts;
  private final List<GraphEdge> edges;
  private final List<Instance> startInstances;
  private final List<String> startKeys;
  private final List<GraphNode> latent;
  private final Map<String, NodeDefinition> compensations;

  Graph(
      Blueprint blueprint,
      Map<String, GraphNode> nodes,
      List<GraphNode> starts,
      List<GraphEdge> edges) {
    this.blueprint = blueprint;
    this.nodes = nodes;
    this.starts = List.copyOf(starts);
    this.declared = nodes.values().stream().filter(GraphNode::isDeclared).toList();
    this.edges = List.copyOf(edges);
    this.startInstances = starts.stream().map(Graph::startInstance).toList();
    this.startKeys = startInstances.stream().map(Instance::key).toList();
    this.compensations = compensations(blueprint);
    this.latent =
        nodes.values().stream()
            .filter(node -> !node.isDeclared() || node.isFallbackOnly())
            .filter(node -> node.out().stream().anyMatch(edge -> edge.target() != null))
            .toList();
  }

  /** Compiles a blueprint; it accepts whatever has unique ids and complains about nothing. */
  public static Graph compile(Blueprint blueprint) {
    return new GraphCompiler(blueprint).compile();
  }

  /** What was compiled. */
  public Blueprint blueprint() {
    return blueprint;
  }

  /** The node of this id, placeholders for nodes to be added included; or null. */
  public @Nullable GraphNode node(String id) {
    return nodes.get(id);
  }

  /** The blueprint's nodes in its order. */
  public List<GraphNode> declared() {
    return declared;
  }

  /** Where a run begins. */
  public List<GraphNode> starts() {
    return starts;
  }

  /** The edge of this index. */
  public GraphEdge edge(int index) {
    return edges.get(index);
  }

  /** How many edges there are, those that the engine adds included. */
  public int edgeCount() {
    return edges.size();
  }

  /**
   * The nodes that run only if somebody asks for them, stand-ins and nodes to be added, and that
   * other nodes wait for.
   */
  public List<GraphNode> latent() {
    return latent;
  }

  /** Whether the work of any node can be undone. */
  public boolean hasCompensations() {
    return !compensations.isEmpty();
  }

  /** What undoes the work of a node; null if nothing does. */
  public @Nullable NodeDefinition compensation(String nodeId) {
    return compensations.get(nodeId);
  }

  private static Map<String, NodeDefinition> compensations(Blueprint blueprint) {
    Map<String, NodeDefinition> found = new HashMap<>();
    for (NodeDefinition node : blueprint.nodes()) {
      String id = node.config().compensate();
      if (id != null) {
        blueprint.node(id).ifPresent(definition -> found.put(node.id(), definition));
      }
    }
    return found;
  }

  /** The instances that a run begins with. */
  public List<Instance> startInstances() {
    return startInstances;
  }

  /** The keys of {@link #startInstances()}. */
  public List<String> startKeys() {
    return startKeys;
  }

  private static Instance startInstance(GraphNode node) {
    Loop loop = node.loop();
    return loop == null ? node.rootInstance() : node.at(firstIteration(loop));
  }

  private static Path firstIteration(Loop loop) {
    Loop outer = loop.parent();
    Path around = outer == null ? Path.ROOT : firstIteration(outer);
    return around.enter(loop, 0);
  }

  /**
   * Reads an instance key.
   *
   * @param added the nodes that nodes of the run have added, by id
   * @return the instance, or null if the key is none of this graph
   */
  public @Nullable Instance parse(String key, Map<String, GraphNode> added) {
    int slash = key.lastIndexOf('/');
    GraphNode node = find(key.substring(slash + 1), added);
    if (node == null) {
      return null;
    }
    if (slash < 0) {
      return node.rootInstance();
    }
    Path path = Path.ROOT;
    for (String element : key.substring(0, slash).split("/", -1)) {
      Path next = step(path, element, added);
      if (next == null) {
        return null;
      }
      path = next;
    }
    return node.at(path);
  }

  private @Nullable Path step(Path path, String element, Map<String, GraphNode> added) {
    if (element.startsWith("!")) {
      GraphNode replaced = find(element.substring(1), added);
      return replaced == null ? null : path.standIn(replaced);
    }
    int hash = element.lastIndexOf('#');
    GraphNode header = hash < 0 ? null : find(element.substring(0, hash), added);
    Loop loop = header == null ? null : header.loop();
    if (loop == null || !element.substring(hash + 1).matches("\\d{1,9}")) {
      return null;
    }
    return path.enter(loop, Integer.parseInt(element.substring(hash + 1)));
  }

  private @Nullable GraphNode find(String escapedId, Map<String, GraphNode> added) {
    String id = InstanceKeys.unescape(escapedId);
    GraphNode own = added.get(id);
    return own == null ? nodes.get(id) : own;
  }
}
