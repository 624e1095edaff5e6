package io.flowcraft.analysis;

import io.flowcraft.blueprint.Blueprint;
import io.flowcraft.blueprint.BuiltIns;
import io.flowcraft.blueprint.NodeDefinition;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The shape of a blueprint.
 *
 * @param cycles the cycles, each once, with its first node repeated at its end; of a graph with
 *     very many only the first ones
 * @param startNodeIds the nodes without incoming edges
 * @param terminalNodeIds the nodes without outgoing edges
 * @param nodeCount how many nodes there are
 * @param edgeCount how many edges there are; 0 if there are no nodes
 */
public record BlueprintAnalysis(
    List<List<String>> cycles,
    List<String> startNodeIds,
    List<String> terminalNodeIds,
    int nodeCount,
    int edgeCount) {

  /** Copies the lists. */
  public BlueprintAnalysis {
    cycles = List.copyOf(cycles);
    startNodeIds = List.copyOf(startNodeIds);
    terminalNodeIds = List.copyOf(terminalNodeIds);
  }

  /** Analyses a blueprint; takes time in proportion to its size. */
  public static BlueprintAnalysis of(Blueprint blueprint) {
    if (blueprint.nodes().isEmpty()) {
      return new BlueprintAnalysis(List.of(), List.of(), List.of(), 0, 0);
    }
    return new BlueprintAnalysis(
        CycleSearch.cycles(new Shape(blueprint)),
        Shape.starts(blueprint),
        Shape.terminals(blueprint),
        blueprint.nodes().size(),
        blueprint.edges().size());
  }

  /**
   * The cycles that no loop controller governs: what a strict run forbids. A loop is no such cycle,
   * because its way back leads through its controller.
   */
  public static List<List<String>> uncontrolledCycles(Blueprint blueprint) {
    Set<String> controllers = new HashSet<>();
    for (NodeDefinition node : blueprint.nodes()) {
      if (node.uses().equals(BuiltIns.LOOP_CONTROLLER)) {
        controllers.add(node.id());
      }
    }
    Blueprint rest =
        new Blueprint(
            blueprint.id(),
            blueprint.nodes(),
            blueprint.edges().stream()
                .filter(edge -> !controllers.contains(edge.source()))
                .toList());
    return CycleSearch.cycles(new Shape(rest));
  }

  /** Whether there is no cycle. */
  public boolean isDag() {
    return cycles.isEmpty();
  }
}
