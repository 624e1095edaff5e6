package io.flowcraft.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowcraft.analysis.LintIssue.Severity;
import io.flowcraft.blueprint.Blueprint;
import io.flowcraft.expression.ExpressionEvaluator;
import io.flowcraft.expression.PropertyEvaluator;
import io.flowcraft.golden.PureTable;
import io.flowcraft.golden.PureTable.Row;
import io.flowcraft.json.BlueprintJson;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class BlueprintLinterTest {

  private static final Set<String> ORIGINAL_CODES =
      Set.of(
          "INVALID_EDGE_SOURCE",
          "INVALID_EDGE_TARGET",
          "MISSING_NODE_IMPLEMENTATION",
          "ORPHAN_NODE",
          "INVALID_BATCH_WORKER_KEY",
          "INVALID_SUBFLOW_BLUEPRINT_ID");

  private static final Set<String> REGISTERED = Set.of("noop");

  @TestFactory
  Stream<DynamicTest> behavesAsRecordedButKnowsTheBuiltIns() {
    return PureTable.of("lint-blueprint")
        .tests(
            row -> {
              List<Map<String, Object>> found =
                  lint(row).stream()
                      .filter(issue -> ORIGINAL_CODES.contains(issue.code()))
                      .map(BlueprintLinterTest::asRecorded)
                      .toList();

              assertThat(found).isEqualTo(expected(row));
            });
  }

  private static List<LintIssue> lint(Row row) {
    Set<String> registered = texts(row.get("registry"));
    Set<String> blueprints = texts(row.get("blueprints"));
    return BlueprintLinter.lint(BlueprintJson.read(row.map("blueprint")), registered, blueprints);
  }

  private static Set<String> texts(Object list) {
    Set<String> texts = new HashSet<>();
    if (list instanceof List<?> elements) {
      elements.forEach(element -> texts.add((String) element));
    }
    return texts;
  }

  /** The original names the other end of an edge instead of the edge. */
  private static Map<String, Object> asRecorded(LintIssue issue) {
    Map<String, Object> recorded = new LinkedHashMap<>();
    recorded.put("code", issue.code());
    recorded.put("message", issue.message());
    int arrow = issue.place().indexOf(" -> ");
    switch (issue.code()) {
      case "INVALID_EDGE_SOURCE" -> recorded.put("relatedId", issue.place().substring(arrow + 4));
      case "INVALID_EDGE_TARGET" -> recorded.put("relatedId", issue.place().substring(0, arrow));
      default -> recorded.put("nodeId", issue.place());
    }
    return recorded;
  }

  private static List<Object> expected(Row row) {
    if (row.has("thrown")) {
      // No edges at all is no reason to fail.
      return List.of();
    }
    List<Object> expected = new ArrayList<>((List<?>) row.map("expected").get("issues"));
    // Q39: the original takes built-ins for missing, and anything named like some for built-in.
    switch (row.name()) {
      case "builtins-not-registered" -> expected.clear();
      case "many-issues" -> expected.remove(1);
      case "batch-prefix" -> {
        expected.add(missing("a", "batch-anything"));
        expected.add(missing("b", "loop-anything"));
      }
      default -> {
        // As recorded.
      }
    }
    return expected;
  }

  private static Map<String, Object> missing(String nodeId, String key) {
    return Map.of(
        "code",
        "MISSING_NODE_IMPLEMENTATION",
        "message",
        "Node implementation key '" + key + "' is not found in the provided registry.",
        "nodeId",
        nodeId);
  }

  @Test
  void nothingIsWrongWithASoundWorkflow() {
    assertThat(
            issues(
                """
                {"id":"i","uses":"noop","config":{"maxRetries":3,"retryDelay":10,"timeout":5,
                "fallback":"f"}},{"id":"f","uses":"noop"},
                {"id":"l","uses":"loop-controller","params":{"condition":"go"},
                "config":{"joinStrategy":"any"}},
                {"id":"s","uses":"batch-scatter","params":{"workerUsesKey":"noop","gatherNodeId":"g",
                "chunkSize":2}},{"id":"g","uses":"batch-gather","params":{"outputKey":"k"}},
                {"id":"z","uses":"sleep","params":{"duration":"5m"}},
                {"id":"w","uses":"wait","params":{"timeout":100}},{"id":"h","uses":"webhook"},
                {"id":"c","uses":"SubflowNode","params":{"blueprintId":"known","inputs":{"a":"b"}},
                "config":{"joinStrategy":"atLeast:2"}}""",
                """
                {"source":"i","target":"l"},{"source":"l","target":"s","action":"continue"},
                {"source":"s","target":"g"},{"source":"g","target":"l"},
                {"source":"l","target":"z","action":"break"},
                {"source":"l","target":"w","action":"break"},{"source":"z","target":"c"},
                {"source":"w","target":"c"},{"source":"c","target":"h"}"""))
        .isEmpty();
  }

  @Test
  void idsAndEdgesAreUnique() {
    List<LintIssue> issues =
        issues(
            """
            {"id":"a","uses":"noop"},{"id":"a","uses":"noop"},{"id":"a","uses":"noop"},
            {"id":"b","uses":"noop"}""",
            """
            {"source":"a","target":"b"},{"source":"a","target":"b","transform":"input.x"},
            {"source":"a","target":"b","action":""},{"source":"a","target":"b","action":"go"}""");

    assertIssues(issues, "DUPLICATE_NODE_ID a", "DUPLICATE_EDGE a -> b");
    assertThat(issues.get(0).message()).contains("Several nodes have the id \"a\"");
    assertThat(issues.get(1).remedy()).contains("Remove all but one");
  }

  @Test
  void aWorkflowHasABeginningAndAnEnd() {
    String cycle =
        """
        {"source":"a","target":"b"},{"source":"b","target":"a"}""";
    String nodes =
        """
        {"id":"a","uses":"noop"},{"id":"b","uses":"noop"}""";

    assertIssues(
        issues(nodes, cycle),
        "ORPHAN_NODE a",
        "ORPHAN_NODE b",
        "NO_START_NODE ",
        "NO_TERMINAL_NODE ");
    assertIssues(issues("", ""), "EMPTY_BLUEPRINT ");
    assertThat(BlueprintLinter.isValid(issues("", ""))).isTrue();
  }

  @Test
  void cycleEntryPointsAreBeginnings() {
    Blueprint blueprint =
        BlueprintJson.read(
            """
            {"id":"x","nodes":[{"id":"a","uses":"noop"},{"id":"b","uses":"noop"}],
            "edges":[{"source":"a","target":"a"},{"source":"a","target":"b"}],
            "metadata":{"cycleEntryPoints":["a","zz"]}}""");

    assertIssues(
        BlueprintLinter.lint(blueprint, REGISTERED, Set.of()), "UNKNOWN_CYCLE_ENTRY_POINT ");
  }

  @Test
  void aFallbackOnlyStandsIn() {
    List<LintIssue> issues =
        issues(
            """
            {"id":"a","uses":"noop","config":{"fallback":"f"}},
            {"id":"f","uses":"noop","config":{"fallback":"g"}},
            {"id":"g","uses":"noop","config":{"fallback":"f"}},
            {"id":"c","uses":"noop","config":{"fallback":"c"}},
            {"id":"d","uses":"noop","config":{"fallback":"zz"}},
            {"id":"e","uses":"noop","config":{"fallback":"f"}}""",
            """
            {"source":"a","target":"f"}""");

    assertIssues(
        issues,
        "FALLBACK_HAS_INCOMING_EDGE a -> f",
        "FALLBACK_TO_SELF c",
        "MISSING_FALLBACK_NODE d",
        "FALLBACK_CYCLE f");
    assertThat(BlueprintLinter.isValid(issues)).isFalse();
  }

  @Test
  void builtInsGetTheParametersThatTheyNeed() {
    List<LintIssue> issues =
        issues(
            """
            {"id":"z1","uses":"sleep"},{"id":"z2","uses":"sleep","params":{"duration":"soon"}},
            {"id":"w","uses":"wait","params":{"timeout":-1}},
            {"id":"c1","uses":"subflow"},
            {"id":"c2","uses":"SubflowNode","params":{"blueprintId":"ghost","outputs":{"a":1}}},
            {"id":"s1","uses":"batch-scatter"},
            {"id":"s2","uses":"batch-scatter","params":{"workerUsesKey":"ghost","gatherNodeId":"w",
            "chunkSize":0}},
            {"id":"g","uses":"batch-gather","params":{"outputKey":1},
            "config":{"joinStrategy":"any"}}""",
            "");

    assertIssues(
        issues,
        "INVALID_SUBFLOW_BLUEPRINT_ID c2",
        "INVALID_BATCH_WORKER_KEY s2",
        "INVALID_PARAMS z1",
        "INVALID_PARAMS z2",
        "INVALID_PARAMS w",
        "INVALID_PARAMS c1",
        "INVALID_PARAMS c2",
        "INVALID_PARAMS s1",
        "INVALID_PARAMS s1",
        "INVALID_PARAMS s2",
        "INVALID_PARAMS s2",
        "INVALID_PARAMS g",
        "JOIN_IGNORED g");
    assertThat(issues.get(2).message())
        .isEqualTo(
            "Node \"z1\" (sleep) has nothing as params.duration; expected a number of milliseconds,"
                + " zero or more, or a text such as \"10s\", \"5m\", \"1h\", \"2d\".");
    assertThat(issues.get(3).message()).contains("has \"soon\" as params.duration");
    assertThat(issues.get(6).message()).contains("has a map as params.outputs; expected a map of");
  }

  @Test
  void aLoopGoesOnAndEnds() {
    assertIssues(
        issues(
            """
            {"id":"l","uses":"loop-controller","params":{"condition":"go"}},
            {"id":"m","uses":"loop-controller"},{"id":"b","uses":"noop"}""",
            """
            {"source":"l","target":"b","action":"break"},
            {"source":"m","target":"b","action":"continue"}"""),
        "LOOP_WITHOUT_CONTINUE l",
        "INVALID_PARAMS m",
        "LOOP_WITHOUT_BREAK m");
  }

  @Test
  void numbersMakeSense() {
    List<LintIssue> issues =
        issues(
            """
            {"id":"a","uses":"noop","config":{"timeout":0,"retryDelay":5}},
            {"id":"b","uses":"noop","config":{"joinStrategy":"atLeast:2",
            "retry":{"delay":"1m","maxDelay":"1s"}}}""",
            """
            {"source":"a","target":"b"}""");

    assertIssues(
        issues,
        "INVALID_TIMEOUT a",
        "RETRY_WITHOUT_ATTEMPTS a",
        "JOIN_NEVER_SATISFIED b",
        "RETRY_DELAY_ABOVE_CAP b");
    assertThat(issues.get(2).message()).isEqualTo("Node \"b\" waits for 2 edges, but has 1.");
    assertThat(issues.get(2).severity()).isEqualTo(Severity.ERROR);
    assertThat(issues.get(3).severity()).isEqualTo(Severity.WARNING);
  }

  @Test
  void expressionsFitTheEvaluator() {
    Blueprint blueprint =
        BlueprintJson.read(
            """
            {"id":"x","nodes":[{"id":"a","uses":"noop"},{"id":"b","uses":"loop-controller",
            "params":{"condition":"n < 3"}},{"id":"c","uses":"noop"}],"edges":[
            {"source":"a","target":"b","condition":"result.output > 5","transform":"input.x"},
            {"source":"b","target":"c","condition":"a +"}]}""");

    List<LintIssue> paths =
        BlueprintLinter.lint(blueprint, REGISTERED, Set.of(), new PropertyEvaluator()::check);
    List<LintIssue> expressions =
        BlueprintLinter.lint(blueprint, REGISTERED, Set.of(), new ExpressionEvaluator()::check);

    assertIssues(
        paths,
        "SUSPICIOUS_EXPRESSION a -> b",
        "SUSPICIOUS_EXPRESSION b -> c",
        "SUSPICIOUS_EXPRESSION b");
    assertIssues(expressions, "SUSPICIOUS_EXPRESSION b -> c");
    assertThat(expressions.get(0).message())
        .isEqualTo(
            "The condition \"a +\" will hardly have a value: found the end, expected a value at"
                + " column 4.");
  }

  private static List<LintIssue> issues(String nodes, String edges) {
    String text = "{\"id\":\"x\",\"nodes\":[%s],\"edges\":[%s]}".formatted(nodes, edges);
    return BlueprintLinter.lint(BlueprintJson.read(text), REGISTERED, Set.of("known"));
  }

  private static void assertIssues(List<LintIssue> issues, String... expected) {
    assertThat(issues)
        .extracting(issue -> issue.code() + " " + issue.place())
        .containsExactly(expected);
  }
}
