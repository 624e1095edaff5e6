package io.flowcraft.testkit.golden;

import io.flowcraft.blueprint.BuiltIns;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Recognises quirks in rows that are not marked with them, from the row alone. */
final class UnmarkedRows {

  private UnmarkedRows() {}

  /** Whether the row of a table shows a quirk. */
  static boolean isQuirk(
      String function, Map<String, @Nullable Object> row, Map<String, @Nullable Object> context) {
    return switch (function) {
      case "flow-builder" -> usesIdTwice(row);
      case "lint-blueprint" -> hasOddBuiltIn(row);
      case "property-evaluator" -> isOutOfReach(row, context);
      default -> false;
    };
  }

  /** Quirk Q31: of two nodes with one id, the second is hidden. */
  private static boolean usesIdTwice(Map<String, @Nullable Object> row) {
    Set<@Nullable Object> ids = new HashSet<>();
    return nodes(row).stream().anyMatch(node -> !ids.add(node.get("id")));
  }

  /** Quirk Q39: built-in nodes are unknown, whatever looks like one is known. */
  private static boolean hasOddBuiltIn(Map<String, @Nullable Object> row) {
    List<String> registered = Tree.texts(row.get("registry"));
    return nodes(row).stream()
        .map(node -> Tree.text(node, "uses"))
        .filter(uses -> !registered.contains(uses))
        .anyMatch(
            uses -> {
              boolean known = uses.startsWith("batch-") || uses.startsWith("loop-");
              return known != BuiltIns.ALL.contains(uses);
            });
  }

  /**
   * Quirks Q13 and Q37: brackets, hyphens and keys with dots are beyond the original's property
   * paths. Such a path has no value there.
   */
  private static boolean isOutOfReach(
      Map<String, @Nullable Object> row, Map<String, @Nullable Object> context) {
    String path = Tree.text(row, "expression");
    Map<String, @Nullable Object> names =
        row.containsKey("context") ? Tree.map(row.get("context")) : context;
    boolean dottedKey =
        names.keySet().stream().anyMatch(key -> key.contains(".") && path.startsWith(key));
    return Notation.isUndefined(row.get("expected"))
        && (path.contains("[") || path.contains("-") || dottedKey);
  }

  private static List<Map<String, @Nullable Object>> nodes(Map<String, @Nullable Object> row) {
    return Tree.list(Tree.map(row.get("blueprint")).get("nodes")).stream().map(Tree::map).toList();
  }
}
