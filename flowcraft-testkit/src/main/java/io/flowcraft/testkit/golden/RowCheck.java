package io.flowcraft.testkit.golden;

import io.flowcraft.error.FlowcraftException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A row of a table of a pure function.
 *
 * @param function the function
 * @param row the input and the expectation
 * @param context the context of the whole table
 */
record RowCheck(
    String function, Map<String, @Nullable Object> row, Map<String, @Nullable Object> context)
    implements GoldenCheck {

  @Override
  public String name() {
    return "pure/" + function + "/" + Tree.text(row, "name");
  }

  @Override
  public boolean isMarked() {
    return !Tree.texts(row.get("quirkIds")).isEmpty();
  }

  @Override
  public GoldenResult check() {
    List<String> found = differences();
    boolean unmarked = !found.isEmpty() && UnmarkedRows.isQuirk(function, row, context);
    return new GoldenResult(name(), isMarked() || unmarked, found);
  }

  private List<String> differences() {
    Object actual;
    try {
      actual = PureFunctions.call(function, row, context);
    } catch (FlowcraftException e) {
      return thrown(e);
    }
    if (row.containsKey("thrown")) {
      return isIncomplete()
          ? List.of()
          : List.of(
              "expected to throw "
                  + Differ.show(row.get("thrown"))
                  + ", got "
                  + Differ.show(actual));
    }
    if (function.startsWith("generate-mermaid") && !isMarked()) {
      actual = unescape(String.valueOf(actual));
    }
    return new Differ(Engine.NOW)
        .differences("result", PureFunctions.expected(function, row), actual);
  }

  /** Whether the original could not know what to do: ours takes missing lists for empty ones. */
  private boolean isIncomplete() {
    Map<String, @Nullable Object> blueprint = Tree.map(row.get("blueprint"));
    return row.containsKey("blueprint")
        && (!blueprint.containsKey("nodes") || !blueprint.containsKey("edges"));
  }

  /** Ours escapes what stands in labels (Q40). */
  private static String unescape(String diagram) {
    return diagram
        .replace("#quot;", "\"")
        .replace("#lt;", "<")
        .replace("#92;", "\\")
        .replace("#35;", "#");
  }

  /** Ours may report more than one problem at a time; the recorded one must be among them. */
  private List<String> thrown(FlowcraftException error) {
    String expected = Tree.text(row, "thrown");
    String actual = error.detail();
    boolean same =
        row.containsKey("thrown")
            && (expected.equals(Notation.ENGINE_SPECIFIC) || actual.contains(expected));
    return same
        ? List.of()
        : List.of("expected " + Differ.show(row.get("thrown")) + ", thrown " + Differ.show(actual));
  }
}
