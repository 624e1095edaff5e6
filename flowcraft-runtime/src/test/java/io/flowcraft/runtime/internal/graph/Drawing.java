package io.flowcraft.runtime.internal.graph;

import io.flowcraft.blueprint.Blueprint;
import io.flowcraft.blueprint.BuiltIns;
import io.flowcraft.blueprint.EdgeDefinition;
import io.flowcraft.blueprint.Join;
import io.flowcraft.blueprint.NodeConfig;
import io.flowcraft.blueprint.NodeDefinition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Graphs from texts such as {@code a>b b>c:action c>d?condition a!spare}. A node whose name begins
 * with "loop" is a controller, one whose name begins with "any" joins any.
 */
public final class Drawing {

  private Drawing() {}

  /** The graph of a text. */
  public static Graph of(String text) {
    Map<String, NodeDefinition> nodes = new LinkedHashMap<>();
    List<EdgeDefinition> edges = new ArrayList<>();
    for (String word : text.split(" ", -1)) {
      int bang = word.indexOf('!');
      if (bang > 0) {
        NodeConfig config = NodeConfig.DEFAULT.withFallback(word.substring(bang + 1));
        nodes.merge(
            word.substring(0, bang),
            node(word.substring(0, bang)).withConfig(config),
            (old, added) -> added);
        nodes.putIfAbsent(word.substring(bang + 1), node(word.substring(bang + 1)));
      } else {
        EdgeDefinition edge = edge(word);
        nodes.putIfAbsent(edge.source(), node(edge.source()));
        nodes.putIfAbsent(edge.target(), node(edge.target()));
        edges.add(edge);
      }
    }
    return Graph.compile(new Blueprint("drawing", List.copyOf(nodes.values()), edges));
  }

  private static NodeDefinition node(String id) {
    NodeDefinition node =
        NodeDefinition.of(id, id.startsWith("loop") ? BuiltIns.LOOP_CONTROLLER : "x");
    boolean any = id.startsWith("any") || id.startsWith("loop");
    return any ? node.withConfig(NodeConfig.DEFAULT.withJoin(Join.any())) : node;
  }

  private static EdgeDefinition edge(String word) {
    int question = word.indexOf('?');
    String condition = question < 0 ? null : word.substring(question + 1);
    String rest = question < 0 ? word : word.substring(0, question);
    int colon = rest.indexOf(':');
    String action = colon < 0 ? null : rest.substring(colon + 1);
    String ends = colon < 0 ? rest : rest.substring(0, colon);
    int arrow = ends.indexOf('>');
    return EdgeDefinition.of(ends.substring(0, arrow), ends.substring(arrow + 1))
        .on(action)
        .when(condition);
  }
}
