package io.flowcraft.analysis;

import io.flowcraft.blueprint.Blueprint;
import io.flowcraft.blueprint.NodeDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A workflow has a beginning and an end, and every node lies on a way from the beginning. */
final class ReachabilityRules {

  private ReachabilityRules() {}

  static void check(Lint lint) {
    Blueprint blueprint = lint.blueprint();
    if (blueprint.nodes().isEmpty()) {
      lint.add(LintRule.EMPTY_BLUEPRINT, "Blueprint \"" + blueprint.id() + "\" has no nodes.");
      return;
    }
    List<String> starts = new ArrayList<>(Shape.starts(blueprint));
    starts.addAll(blueprint.cycleEntryPoints());
    if (blueprint.nodes().size() > 1) {
      checkOrphans(lint, starts);
    }
    if (starts.isEmpty()) {
      lint.add(LintRule.NO_START_NODE, "An edge leads into every node, so that none comes first.");
    }
    if (Shape.terminals(blueprint).isEmpty()) {
      lint.add(LintRule.NO_TERMINAL_NODE, "An edge leads out of every node, so that none is last.");
    }
    for (String id : blueprint.cycleEntryPoints()) {
      if (lint.node(id) == null) {
        lint.add(
            LintRule.UNKNOWN_CYCLE_ENTRY_POINT,
            "The cycle entry point \"" + id + "\" is no node of the blueprint.");
      }
    }
  }

  private static void checkOrphans(Lint lint, List<String> starts) {
    Shape shape = new Shape(lint.blueprint());
    Set<String> reached = shape.reachableFrom(starts);
    for (String id : shape.ids()) {
      NodeDefinition node = lint.node(id);
      if (node != null && !reached.contains(id)) {
        lint.add(
            LintRule.ORPHAN_NODE, node, "Node '" + id + "' is not reachable from any start node.");
      }
    }
  }
}
