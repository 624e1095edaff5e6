package io.flowcraft.analysis;

import io.flowcraft.blueprint.BuiltIns;
import io.flowcraft.blueprint.EdgeDefinition;
import io.flowcraft.blueprint.NodeDefinition;
import io.flowcraft.json.DurationText;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The parameters and the wiring of built-in nodes. */
final class BuiltInRules {

  private static final String DURATION =
      "a number of milliseconds, zero or more, or a text such as \"10s\", \"5m\", \"1h\", \"2d\"";

  private BuiltInRules() {}

  static void check(Lint lint) {
    for (NodeDefinition node : lint.blueprint().nodes()) {
      switch (node.uses()) {
        case BuiltIns.SLEEP -> checkDuration(lint, node, "duration", true);
        case BuiltIns.WAIT -> checkDuration(lint, node, "timeout", false);
        case BuiltIns.SUBFLOW, BuiltIns.SUBFLOW_CLASS -> checkSubflow(lint, node);
        case BuiltIns.BATCH_SCATTER -> checkScatter(lint, node);
        case BuiltIns.BATCH_GATHER -> checkGather(lint, node);
        case BuiltIns.LOOP_CONTROLLER -> checkLoop(lint, node);
        default -> {
          // Not one with parameters.
        }
      }
    }
  }

  /** Other durations of a blueprint may have parts of a second; those of built-in nodes may not. */
  private static void checkDuration(
      Lint lint, NodeDefinition node, String name, boolean isRequired) {
    Object value = node.params().get(name);
    boolean millis = value instanceof String text && text.endsWith("ms");
    if ((value != null || isRequired) && (millis || DurationText.parse(value).isEmpty())) {
      refuse(lint, node, name, DURATION);
    }
  }

  private static void checkSubflow(Lint lint, NodeDefinition node) {
    checkText(lint, node, "blueprintId");
    for (String name : List.of("inputs", "outputs")) {
      Object mapping = node.params().get(name);
      boolean isMapping =
          mapping instanceof Map<?, ?> map
              && map.values().stream().allMatch(String.class::isInstance);
      if (mapping != null && !isMapping) {
        refuse(lint, node, name, "a map of texts");
      }
    }
  }

  private static void checkScatter(Lint lint, NodeDefinition node) {
    checkText(lint, node, "workerUsesKey");
    checkText(lint, node, "gatherNodeId");
    if (node.params().get("gatherNodeId") instanceof String id && !id.isEmpty()) {
      NodeDefinition gather = lint.node(id);
      if (gather == null || !gather.uses().equals(BuiltIns.BATCH_GATHER)) {
        refuse(lint, node, "gatherNodeId", "the id of a node that uses \"batch-gather\"");
      }
    }
    Object chunk = node.params().get("chunkSize");
    boolean isCount = chunk instanceof Number size && size.doubleValue() >= 1;
    if (chunk != null && !isCount) {
      refuse(lint, node, "chunkSize", "a number of at least 1");
    }
  }

  private static void checkGather(Lint lint, NodeDefinition node) {
    Object key = node.params().get("outputKey");
    if (key != null && !(key instanceof String)) {
      refuse(lint, node, "outputKey", "a text");
    }
  }

  private static void checkLoop(Lint lint, NodeDefinition node) {
    checkText(lint, node, "condition");
    List<EdgeDefinition> edges = lint.outgoing(node.id());
    boolean isConditional = edges.stream().anyMatch(EdgeDefinition::hasCondition);
    if (!isConditional && edges.stream().noneMatch(edge -> "continue".equals(edge.action()))) {
      lint.add(
          LintRule.LOOP_WITHOUT_CONTINUE,
          node,
          "Loop controller \"" + node.id() + "\" has no edge with the action \"continue\".");
    }
    if (!isConditional && edges.stream().allMatch(edge -> "continue".equals(edge.action()))) {
      lint.add(
          LintRule.LOOP_WITHOUT_BREAK,
          node,
          "Loop controller \"" + node.id() + "\" has no edge for the end of the loop.");
    }
  }

  private static void checkText(Lint lint, NodeDefinition node, String name) {
    if (!(node.params().get(name) instanceof String text) || text.isEmpty()) {
      refuse(lint, node, name, "a text that is not empty");
    }
  }

  private static void refuse(Lint lint, NodeDefinition node, String name, String expected) {
    lint.add(
        LintRule.INVALID_PARAMS,
        node,
        "Node \""
            + node.id()
            + "\" ("
            + node.uses()
            + ") has "
            + shown(node.params().get(name))
            + " as params."
            + name
            + "; expected "
            + expected
            + ".");
  }

  /** Texts and numbers as they are; of anything larger only the kind. */
  private static String shown(@Nullable Object value) {
    if (value == null) {
      return "nothing";
    }
    if (value instanceof Map<?, ?>) {
      return "a map";
    }
    return value instanceof List<?> ? "a list" : "\"" + value + "\"";
  }
}
