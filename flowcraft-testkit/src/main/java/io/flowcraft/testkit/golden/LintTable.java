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

  private LintTable() {}

  /** The issues of a row's blueprint. */
  static Map<String, @Nullable Object> lint(Map<String, @Nullable Object> row) {
    List<LintIssue> issues =
        BlueprintLinter.lint(
            BlueprintJson.read(Tree.map(row.get("blueprint"))),
            Set.copyOf(Tree.texts(row.get("registry"))),
            Set.copyOf(Tree.texts(row.get("blueprints"))));
    Map<String, @Nullable Object> result = new LinkedHashMap<>();
    result.put("isValid", BlueprintLinter.isValid(issues));
    result.put("issues", issues.stream().map(LintTable::issue).toList());
    return result;
  }

  private static Map<String, @Nullable Object> issue(LintIssue issue) {
    Map<String, @Nullable Object> form = new LinkedHashMap<>();
    form.put("code", issue.code());
    form.put("message", issue.message());
    form.put("nodeId", issue.place());
    return form;
  }
}
