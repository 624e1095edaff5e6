package io.flowcraft.analysis;

import io.flowcraft.blueprint.BuiltIns;
import io.flowcraft.blueprint.NodeDefinition;
import java.util.HashSet;
import java.util.Set;

/** Everything that a node refers to outside the blueprint must be there. */
final class ImplementationRules {

  private ImplementationRules() {}

  static void check(Lint lint) {
    lint.blueprint().nodes().forEach(node -> checkKey(lint, node));
    lint.blueprint().nodes().forEach(node -> checkReferences(lint, node));
    checkIds(lint);
  }

  private static void checkKey(Lint lint, NodeDefinition node) {
    if (!BuiltIns.ALL.contains(node.uses()) && !lint.isRegistered(node.uses())) {
      lint.add(
          LintRule.MISSING_NODE_IMPLEMENTATION,
          node,
          "Node implementation key '" + node.uses() + "' is not found in the provided registry.");
    }
  }

  private static void checkReferences(Lint lint, NodeDefinition node) {
    if (node.uses().equals(BuiltIns.BATCH_SCATTER)
        && node.params().get("workerUsesKey") instanceof String key
        && !key.isEmpty()
        && !BuiltIns.ALL.contains(key)
        && !lint.isRegistered(key)) {
      lint.add(
          LintRule.INVALID_BATCH_WORKER_KEY,
          node,
          "Batch node '"
              + node.id()
              + "' references workerUsesKey '"
              + key
              + "' which is not found in the registry.");
    }
    if (BuiltIns.isSubflow(node.uses())
        && node.params().get("blueprintId") instanceof String id
        && !id.isEmpty()
        && !lint.isBlueprint(id)) {
      lint.add(
          LintRule.INVALID_SUBFLOW_BLUEPRINT_ID,
          node,
          "Subflow node '"
              + node.id()
              + "' references blueprintId '"
              + id
              + "' which is not found in the blueprints registry.");
    }
  }

  private static void checkIds(Lint lint) {
    Set<String> seen = new HashSet<>();
    Set<String> reported = new HashSet<>();
    for (NodeDefinition node : lint.blueprint().nodes()) {
      if (!seen.add(node.id()) && reported.add(node.id())) {
        lint.add(
            LintRule.DUPLICATE_NODE_ID,
            node,
            "Several nodes have the id \"" + node.id() + "\"; only the first one would be used.");
      }
    }
  }
}
