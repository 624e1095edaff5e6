package io.flowcraft.testkit.golden;

import io.flowcraft.error.FlowcraftException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
    return new GoldenResult(name(), isMarked() || hidesNode(), differences());
  }

  /** A builder program that uses an id twice shows quirk Q31, marked or not. */
  private boolean hidesNode() {
    Set<@Nullable Object> ids = new HashSet<>();
    return Tree.list(Tree.map(row.get("blueprint")).get("nodes")).stream()
        .anyMatch(node -> !ids.add(Tree.map(node).get("id")));
  }

  private List<String> differences() {
    Object actual;
    try {
      actual = PureFunctions.call(function, row, context);
    } catch (FlowcraftException e) {
      return thrown(e);
    }
    if (row.containsKey("thrown")) {
      return List.of(
          "expected to throw " + Differ.show(row.get("thrown")) + ", got " + Differ.show(actual));
    }
    return new Differ(Engine.NOW)
        .differences("result", PureFunctions.expected(function, row), actual);
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
