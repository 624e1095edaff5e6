package io.flowcraft.testkit.golden;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A table of a pure function: inputs, and what comes out. */
final class PureTable {

  private PureTable() {}

  /** Whether the data of a file is a table. */
  static boolean isTable(Map<String, @Nullable Object> data) {
    return data.get("function") instanceof String && data.get("entries") instanceof List<?>;
  }

  /** The rows of a table. */
  static List<GoldenCheck> read(Map<String, @Nullable Object> data) {
    String function = Tree.text(data, "function");
    List<GoldenCheck> rows = new ArrayList<>();
    for (Object entry : Tree.list(data.get("entries"))) {
      rows.add(new RowCheck(function, Tree.map(entry), Tree.map(data.get("context"))));
    }
    return rows;
  }
}
