package io.flowcraft.runtime.internal.graph;

import io.flowcraft.blueprint.Blueprint;
import io.flowcraft.blueprint.BuiltIns;
import io.flowcraft.blueprint.EdgeDefinition;
import io.flowcraft.blueprint.Join;
import io.flowcraft.blueprint.NodeDefinition;
import io.flowcraft.spi.JoinSpec;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Builds a {@link Graph}. Used once. */
final class GraphCompiler {

  private final Blueprint blueprint;
  private final Map<String, GraphNode> nodes = new LinkedHashMap<>();
  private final List<GraphEdge> edges = new ArrayList<>();

  GraphCompiler(Blueprint blueprint) {
    this.blueprint = blueprint;
  }

  Graph compile() {
    Set<String> apart = compensations();
    for (NodeDefinition node : blueprint.nodes()) {
      if (!apart.contains(node.id())) {
        nodes.putIfAbsent(node.id(), new GraphNode(node, true));
      }
    }
    linkFallbacks();
    blueprint.edges().forEach(this::addEdge);
    linkGathers();
    List<GraphNode> starts = starts();
    new LoopFinder(new ArrayList<>(nodes.values()), starts).find();
    edges.forEach(GraphCompiler::placeEdge);
    nodes.values().forEach(GraphCompiler::placeJoins);
    edges.forEach(GraphEdge::prepare);
    return new Graph(blueprint, nodes, starts, edges);
  }

  /** What undoes the work of others runs apart, and only if it is needed. */
  private Set<String> compensations() {
    Set<String> ids = new HashSet<>();
    for (NodeDefinition node : blueprint.nodes()) {
      String id = node.config().compensate();
      if (id != null && !id.equals(node.id())) {
        ids.add(id);
      }
    }
    return ids;
  }

  private void linkFallbacks() {
    for (GraphNode node : new ArrayList<>(nodes.values())) {
      String id = node.definition().config().fallback();
      GraphNode standIn = id == null ? null : nodes.get(id);
      if (standIn != null && standIn != node) {
        node.fallback(standIn);
      }
    }
  }

  private void addEdge(EdgeDefinition definition) {
    GraphNode source =
        nodes.computeIfAbsent(
            definition.source(), id -> new GraphNode(NodeDefinition.of(id, ""), false));
    GraphNode known = nodes.get(definition.target());
    GraphNode target = known != null && known.isDeclared() ? known : null;
    GraphEdge edge = new GraphEdge(edges.size(), definition, source, target);
    edges.add(edge);
    source.leaving(edge);
    if (target != null) {
      target.in().add(edge);
    }
  }

  /** A gather always waits for its scatter, whether the blueprint has an edge for it or not. */
  private void linkGathers() {
    for (GraphNode scatter : new ArrayList<>(nodes.values())) {
      if (!BuiltIns.BATCH_SCATTER.equals(scatter.definition().uses())) {
        continue;
      }
      Object gatherId = scatter.definition().params().get("gatherNodeId");
      GraphNode gather = gatherId instanceof String id ? nodes.get(id) : null;
      if (gather == null || gather == scatter || !gather.isDeclared()) {
        continue;
      }
      boolean linked = scatter.out().stream().anyMatch(edge -> edge.target() == gather);
      if (!linked) {
        addEdge(EdgeDefinition.of(scatter.id(), gather.id()));
      }
    }
  }

  private List<GraphNode> starts() {
    List<GraphNode> starts = new ArrayList<>();
    for (GraphNode node : nodes.values()) {
      if (node.isDeclared() && node.in().isEmpty() && node.fallbackOf().isEmpty()) {
        starts.add(node);
      }
    }
    return starts.isEmpty() ? cycleEntries() : starts;
  }

  /** Without a start, every cycle is entered where the blueprint says, or at its first node. */
  private List<GraphNode> cycleEntries() {
    List<GraphNode> declared = nodes.values().stream().filter(GraphNode::isDeclared).toList();
    Set<String> chosen = new HashSet<>(blueprint.cycleEntryPoints());
    List<GraphNode> entries = new ArrayList<>();
    for (Set<GraphNode> component : new Components(declared).find()) {
      boolean entered =
          component.stream()
              .flatMap(node -> node.in().stream())
              .anyMatch(edge -> !component.contains(edge.source()) && edge.source().isDeclared());
      if (entered) {
        continue;
      }
      declared.stream()
          .filter(component::contains)
          .filter(node -> chosen.contains(node.id()))
          .findFirst()
          .or(() -> declared.stream().filter(component::contains).findFirst())
          .ifPresent(entries::add);
    }
    return entries;
  }

  private static void placeEdge(GraphEdge edge) {
    GraphNode target = edge.target();
    Loop sourceLoop = edge.source().loop();
    Loop common = sourceLoop;
    Loop leaves = null;
    Loop targetLoop = target == null ? null : target.loop();
    while (common != null && !common.encloses(targetLoop)) {
      leaves = common;
      common = common.parent();
    }
    int depth = common == null ? 0 : common.depth();
    if (edge.isBack() && !edge.isCut() && common != null) {
      depth = common.depth() - 1;
    }
    edge.place(depth, leaves);
    if (leaves != null && target != null) {
      leaves.exits().add(edge);
    }
  }

  private static void placeJoins(GraphNode node) {
    int entries = 0;
    int backs = 0;
    for (GraphEdge edge : node.in()) {
      if (edge.isBack()) {
        backs += edge.isCut() ? 0 : 1;
      } else {
        entries++;
      }
    }
    Join rule = BuiltIns.BATCH_GATHER.equals(node.definition().uses()) ? null : declaredJoin(node);
    node.joins(spec(rule, entries), spec(rule, backs));
  }

  private static @Nullable Join declaredJoin(GraphNode node) {
    return node.definition().config().join();
  }

  private static JoinSpec spec(@Nullable Join rule, int expected) {
    if (expected <= 1) {
      return JoinSpec.SINGLE;
    }
    return new JoinSpec(rule == null ? Join.all() : rule, expected);
  }
}
