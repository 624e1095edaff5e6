package io.flowcraft.testkit.golden;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A recorded case.
 *
 * @param name names it
 * @param category the group that it belongs to
 * @param quirkIds the arguable behaviours that it shows
 * @param blueprints raw blueprints by the key that subflows call them by
 * @param main the key of the blueprint to run
 * @param initialContext the initial context; empty for none
 * @param initialContextText the initial context as a text to be read; null for none
 * @param options how it is run
 * @param steps what is done
 * @param expected what each step led to
 */
record GoldenCase(
    String name,
    String category,
    List<String> quirkIds,
    Map<String, Map<String, @Nullable Object>> blueprints,
    String main,
    Map<String, @Nullable Object> initialContext,
    @Nullable String initialContextText,
    GoldenOptions options,
    List<GoldenStep> steps,
    List<ExpectedStep> expected) {

  /** Whether the data of a file is a case. */
  static boolean isCase(@Nullable Object data) {
    Map<String, @Nullable Object> map = Tree.map(data);
    return map.containsKey("steps") && map.containsKey("blueprints") && map.containsKey("expected");
  }

  /** Reads a case. Where the development version differs from the published one, it counts. */
  static GoldenCase read(Map<String, @Nullable Object> data) {
    Object expected =
        data.containsKey("expectedNext") ? data.get("expectedNext") : data.get("expected");
    Map<String, Map<String, @Nullable Object>> blueprints = new LinkedHashMap<>();
    Tree.map(data.get("blueprints"))
        .forEach((key, blueprint) -> blueprints.put(key, Tree.map(blueprint)));
    return new GoldenCase(
        Tree.text(data, "name"),
        Tree.text(data, "category"),
        Tree.texts(data.get("quirkIds")),
        blueprints,
        Tree.text(data, "main"),
        Tree.map(data.get("initialContext")),
        Tree.textOrNull(data, "initialContextText"),
        GoldenOptions.read(Tree.map(data.get("options"))),
        Tree.list(data.get("steps")).stream().map(GoldenStep::read).toList(),
        Tree.list(Tree.map(expected).get("steps")).stream().map(ExpectedStep::read).toList());
  }

  /** The raw blueprint that is run. */
  Map<String, @Nullable Object> mainBlueprint() {
    return blueprints.getOrDefault(main, Map.of());
  }
}
