package io.flowcraft.analysis;

import io.flowcraft.blueprint.EdgeDefinition;
import io.flowcraft.blueprint.NodeDefinition;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A fallback node stands in for others and does nothing else. */
final class FallbackRules {

  private FallbackRules() {}

  static void check(Lint lint) {
    Set<String> checked = new HashSet<>();
    for (NodeDefinition node : lint.blueprint().nodes()) {
      String fallback = node.config().fallback();
      if (fallback == null) {
        continue;
      }
      if (fallback.equals(node.id())) {
        lint.add(
            LintRule.FALLBACK_TO_SELF, node, "Node \"" + node.id() + "\" is its own fallback.");
      } else if (lint.node(fallback) == null) {
        lint.add(
            LintRule.MISSING_FALLBACK_NODE,
            node,
            "Node \""
                + node.id()
                + "\" names the fallback \""
                + fallback
                + "\", which is no node of the blueprint.");
      } else if (checked.add(fallback)) {
        checkIncoming(lint, fallback);
      }
    }
    checkChains(lint);
  }

  private static void checkIncoming(Lint lint, String fallback) {
    for (EdgeDefinition edge : lint.incoming(fallback)) {
      lint.add(
          LintRule.FALLBACK_HAS_INCOMING_EDGE,
          edge,
          "An edge leads from \""
              + edge.source()
              + "\" into the fallback node \""
              + fallback
              + "\".");
    }
  }

  /** Reports each cycle of fallbacks at the first of its nodes. */
  private static void checkChains(Lint lint) {
    Set<String> done = new HashSet<>();
    for (NodeDefinition node : lint.blueprint().nodes()) {
      Set<String> way = new HashSet<>();
      NodeDefinition current = node;
      while (current != null && !done.contains(current.id()) && way.add(current.id())) {
        current = next(lint, current);
      }
      if (current != null && way.contains(current.id()) && !done.contains(current.id())) {
        lint.add(
            LintRule.FALLBACK_CYCLE,
            current,
            "The fallback of \"" + current.id() + "\" leads back to it.");
      }
      done.addAll(way);
    }
  }

  private static @Nullable NodeDefinition next(Lint lint, NodeDefinition node) {
    String fallback = node.config().fallback();
    return fallback == null || fallback.equals(node.id()) ? null : lint.node(fallback);
  }
}
