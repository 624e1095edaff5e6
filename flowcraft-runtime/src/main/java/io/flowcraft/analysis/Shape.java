package io.flowcraft.analysis;

import io.flowcraft.blueprint.Blueprint;
import io.flowcraft.blueprint.EdgeDefinition;
import io.flowcraft.blueprint.NodeDefinition;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A blueprint's ids and who follows whom, indexed once. Edges with unknown ends are left out, and
 * of several edges between two nodes one is kept.
 */
final class Shape {

  private final Map<String, Set<String>> successors = new LinkedHashMap<>();

  Shape(Blueprint blueprint) {
    for (NodeDefinition node : blueprint.nodes()) {
      successors.putIfAbsent(node.id(), new LinkedHashSet<>());
    }
    for (EdgeDefinition edge : blueprint.edges()) {
      Set<String> targets = successors.get(edge.source());
      if (targets != null && successors.containsKey(edge.target())) {
        targets.add(edge.target());
      }
    }
  }

  /** The distinct ids in the order of the nodes. */
  Set<String> ids() {
    return successors.keySet();
  }

  /** The distinct successors of a node in the order of the edges. */
  Set<String> successors(String id) {
    return successors.getOrDefault(id, Set.of());
  }

  /** Everything that can be reached from some nodes, these included. */
  Set<String> reachableFrom(Collection<String> starts) {
    Set<String> reached = new HashSet<>();
    Deque<String> open = new ArrayDeque<>();
    for (String start : starts) {
      if (successors.containsKey(start) && reached.add(start)) {
        open.push(start);
      }
    }
    while (!open.isEmpty()) {
      for (String next : successors(open.pop())) {
        if (reached.add(next)) {
          open.push(next);
        }
      }
    }
    return reached;
  }

  /** The ids of nodes into which no edge leads, not even one from an unknown node. */
  static List<String> starts(Blueprint blueprint) {
    Set<String> targets = new HashSet<>();
    blueprint.edges().forEach(edge -> targets.add(edge.target()));
    return idsWithout(blueprint, targets);
  }

  /** The ids of nodes from which no edge leads, not even one to an unknown node. */
  static List<String> terminals(Blueprint blueprint) {
    Set<String> sources = new HashSet<>();
    blueprint.edges().forEach(edge -> sources.add(edge.source()));
    return idsWithout(blueprint, sources);
  }

  private static List<String> idsWithout(Blueprint blueprint, Set<String> excluded) {
    return blueprint.nodes().stream()
        .map(NodeDefinition::id)
        .filter(id -> !excluded.contains(id))
        .toList();
  }
}
