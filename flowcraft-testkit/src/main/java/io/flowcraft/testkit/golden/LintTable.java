package io.flowcraft.testkit.golden;

import io.flowcraft.analysis.BlueprintLinter;
import io.flowcraft.analysis.LintIssue;
import io.flowcraft.json.BlueprintJson;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What our linter says, in the form of the npm library's. */
final class LintTable {

  private static final String ARROW = " -> ";

  private LintTable() {}

  /** The rules that the original has. Ours has more; what they find is not compared. */
  private static final Set<String> CODES =
      Set.of(
          "MISSING_NODE_IMPLEMENTATION",
          "INVALID_BATCH_WORKER_KEY",
          "INVALID_SUBFLOW_BLUEPRINT_ID",
          "INVALID_EDGE_SOURCE",
          "INVALID_EDGE_TARGET",
          "ORPHAN_NODE");

  /** The issues of a row's blueprint. */
  static Map<String, @Nullable Object> lint(Map<String, @Nullable Object> row) {
    List<LintIssue> issues =
        BlueprintLinter.lint(
                BlueprintJson.read(Tree.map(row.get("blueprint"))),
                Set.copyOf(Tree.texts(row.get("registry"))),
                Set.copyOf(Tree.texts(row.get("blueprints"))))
            .stream()
            .filter(issue -> CODES.contains(issue.code()))
            .toList();
    Map<String, @Nullable Object> result = new LinkedHashMap<>();
    result.put("isValid", issues.isEmpty());
    result.put("issues", issues.stream().map(LintTable::issue).toList());
    return result;
  }

  private static Map<String, @Nullable Object> issue(LintIssue issue) {
    Map<String, @Nullable Object> form = new LinkedHashMap<>();
    form.put("code", issue.code());
    form.put("message", issue.message());
    int arrow = issue.place().indexOf(ARROW);
    switch (issue.code()) {
      case "INVALID_EDGE_SOURCE" ->
          form.put("relatedId", issue.place().substring(arrow + ARROW.length()));
      case "INVALID_EDGE_TARGET" -> form.put("relatedId", issue.place().substring(0, arrow));
      default -> form.put("nodeId", issue.place());
    }
    return form;
  }
}
