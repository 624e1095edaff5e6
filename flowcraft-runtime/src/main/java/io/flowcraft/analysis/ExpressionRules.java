package io.flowcraft.analysis;

import io.flowcraft.blueprint.BuiltIns;
import io.flowcraft.blueprint.EdgeDefinition;
import io.flowcraft.blueprint.NodeDefinition;
import org.jspecify.annotations.Nullable;

/** Expressions in the language of the evaluator in use. */
final class ExpressionRules {

  private ExpressionRules() {}

  static void check(Lint lint) {
    for (EdgeDefinition edge : lint.blueprint().edges()) {
      check(lint, edge, "condition", edge.condition());
      check(lint, edge, "transform", edge.transform());
    }
    for (NodeDefinition node : lint.blueprint().nodes()) {
      if (node.uses().equals(BuiltIns.LOOP_CONTROLLER)
          && node.params().get("condition") instanceof String condition) {
        lint.expressionProblem(condition)
            .ifPresent(
                problem ->
                    lint.add(
                        LintRule.SUSPICIOUS_EXPRESSION,
                        node,
                        message("condition", condition, problem)));
      }
    }
  }

  private static void check(
      Lint lint, EdgeDefinition edge, String kind, @Nullable String expression) {
    if (expression != null && !expression.isEmpty()) {
      lint.expressionProblem(expression)
          .ifPresent(
              problem ->
                  lint.add(
                      LintRule.SUSPICIOUS_EXPRESSION, edge, message(kind, expression, problem)));
    }
  }

  private static String message(String kind, String expression, String problem) {
    return "The " + kind + " \"" + expression + "\" will hardly have a value: " + problem + ".";
  }
}
