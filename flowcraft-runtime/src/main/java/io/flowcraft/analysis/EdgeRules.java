package io.flowcraft.analysis;

import io.flowcraft.blueprint.EdgeDefinition;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Edges lead from a node to a node, and no two of them are the same. */
final class EdgeRules {

  /** What makes an edge an edge of its own. */
  private record Identity(
      String source, String target, @Nullable String action, @Nullable String condition) {}

  private EdgeRules() {}

  static void check(Lint lint) {
    lint.blueprint().edges().forEach(edge -> checkEnds(lint, edge));
    checkDuplicates(lint);
  }

  private static void checkEnds(Lint lint, EdgeDefinition edge) {
    if (lint.node(edge.source()) == null) {
      lint.add(
          LintRule.INVALID_EDGE_SOURCE,
          edge,
          "Edge source '" + edge.source() + "' does not correspond to a valid node ID.");
    }
    if (lint.node(edge.target()) == null) {
      lint.add(
          LintRule.INVALID_EDGE_TARGET,
          edge,
          "Edge target '" + edge.target() + "' does not correspond to a valid node ID.");
    }
  }

  private static void checkDuplicates(Lint lint) {
    Set<Identity> seen = new HashSet<>();
    Set<Identity> reported = new HashSet<>();
    for (EdgeDefinition edge : lint.blueprint().edges()) {
      Identity identity =
          new Identity(
              edge.source(),
              edge.target(),
              edge.hasAction() ? edge.action() : null,
              edge.hasCondition() ? edge.condition() : null);
      if (!seen.add(identity) && reported.add(identity)) {
        lint.add(
            LintRule.DUPLICATE_EDGE,
            edge,
            "Several edges lead from \""
                + edge.source()
                + "\" to \""
                + edge.target()
                + "\" with the same action and condition.");
      }
    }
  }
}
