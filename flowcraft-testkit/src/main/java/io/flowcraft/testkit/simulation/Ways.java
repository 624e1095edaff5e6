package io.flowcraft.testkit.simulation;

import io.flowcraft.blueprint.Blueprint;
import io.flowcraft.blueprint.BuiltIns;
import io.flowcraft.blueprint.EdgeDefinition;
import io.flowcraft.blueprint.NodeDefinition;
import io.flowcraft.flow.Flow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which edges lead to the nodes of a blueprint; none of one that is entered in a cycle. */
final class Ways {

  private final Map<String, List<Way>> ways = new HashMap<>();

  private Ways(Blueprint blueprint) {
    List<EdgeDefinition> edges = blueprint.edges();
    for (int i = 0; i < edges.size(); i++) {
      EdgeDefinition edge = edges.get(i);
      ways.computeIfAbsent(edge.target(), target -> new ArrayList<>())
          .add(new Way(i, edge.source()));
    }
    if (hasCycles(blueprint)) {
      ways.clear();
    }
  }

  /** An edge, by its index, and where it begins. */
  record Way(int edge, String source) {}

  /** The ways of a flow and of the flows that it contains, by the ids of their blueprints. */
  static Map<String, Ways> of(Flow flow) {
    Map<String, Ways> all = new HashMap<>();
    add(flow, all);
    return Map.copyOf(all);
  }

  private static void add(Flow flow, Map<String, Ways> all) {
    all.put(flow.id(), new Ways(flow.blueprint()));
    flow.children().forEach(child -> add(child, all));
  }

  /** Whether there are loops, or nothing but a cycle, which begins somewhere. */
  private boolean hasCycles(Blueprint blueprint) {
    return blueprint.nodes().stream().anyMatch(Ways::isLoop)
        || blueprint.nodes().stream().allMatch(node -> ways.containsKey(node.id()));
  }

  private static boolean isLoop(NodeDefinition node) {
    return node.uses().equals(BuiltIns.LOOP_CONTROLLER);
  }

  /** What leads to a node; nothing if it may be entered without having been led to. */
  List<Way> to(String nodeId) {
    return ways.getOrDefault(nodeId, List.of());
  }
}
