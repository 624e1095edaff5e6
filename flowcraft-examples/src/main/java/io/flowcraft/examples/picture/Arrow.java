package io.flowcraft.examples.picture;

import io.flowcraft.blueprint.Blueprint;
import io.flowcraft.blueprint.EdgeDefinition;
import io.flowcraft.blueprint.NodeDefinition;
import java.util.ArrayList;
import java.util.List;

/**
 * A line between two boxes.
 *
 * @param source where it begins
 * @param target where it ends
 * @param label what is written beside it; may be empty
 * @param taken whether the run went along it
 * @param standIn whether it leads from a node to its fallback
 */
record Arrow(String source, String target, String label, boolean taken, boolean standIn) {

  /** The arrows of a blueprint, fallbacks included. */
  static List<Arrow> of(Blueprint blueprint, RunTrace trace) {
    List<Arrow> arrows = new ArrayList<>();
    for (EdgeDefinition edge : blueprint.edges()) {
      String action = edge.action();
      String condition = edge.condition();
      String label = action != null ? action : condition != null ? condition : "";
      arrows.add(
          new Arrow(edge.source(), edge.target(), label, trace.isTaken(blueprint, edge), false));
    }
    for (NodeDefinition node : blueprint.nodes()) {
      String standIn = node.config().fallback();
      if (standIn != null) {
        boolean used = trace.usedFallback(node.id());
        arrows.add(new Arrow(node.id(), standIn, "fallback", used, true));
      }
    }
    return arrows;
  }
}
