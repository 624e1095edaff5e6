package io.flowcraft.analysis;

import io.flowcraft.blueprint.EdgeDefinition;
import io.flowcraft.blueprint.NodeDefinition;
import java.util.HashSet;
import java.util.Set;

/** A compensation undoes the work of others and does nothing else. */
final class CompensationRules {

  private CompensationRules() {}

  static void check(Lint lint) {
    Set<String> compensations = of(lint);
    for (NodeDefinition node : lint.blueprint().nodes()) {
      String id = node.config().compensate();
      if (id != null && (lint.node(id) == null || id.equals(node.id()))) {
        lint.add(
            LintRule.MISSING_COMPENSATION_NODE,
            node,
            "Node \""
                + node.id()
                + "\" names the compensation \""
                + id
                + "\", which is no other node of the blueprint.");
      }
    }
    for (EdgeDefinition edge : lint.blueprint().edges()) {
      if (compensations.contains(edge.source()) || compensations.contains(edge.target())) {
        lint.add(
            LintRule.COMPENSATION_HAS_EDGE,
            edge,
            "An edge leads from \""
                + edge.source()
                + "\" to \""
                + edge.target()
                + "\", and one of them is a compensation.");
      }
    }
  }

  /** The ids of the nodes that undo the work of others. */
  static Set<String> of(Lint lint) {
    Set<String> ids = new HashSet<>();
    for (NodeDefinition node : lint.blueprint().nodes()) {
      if (node.config().compensate() != null) {
        ids.add(node.config().compensate());
      }
    }
    return ids;
  }
}
