package io.flowcraft.expression;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowcraft.golden.JsonAssert;
import io.flowcraft.golden.PureTable;
import io.flowcraft.spi.Scope;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ExpressionEvaluatorTest {

  private static final Scope SCOPE = scope();

  private final ExpressionEvaluator evaluator = new ExpressionEvaluator();

  private static Scope scope() {
    Map<String, Object> values = new HashMap<>();
    values.put("n", 5);
    values.put("big", 9_007_199_254_740_993L);
    values.put("d", 2.5);
    values.put("s", "abc");
    values.put("empty", "");
    values.put("t", true);
    values.put("nul", null);
    values.put("list", List.of(1, 2, 3));
    values.put("o", Map.of("x", 10, "k", Map.of("l", List.of("p"))));
    values.put("my-node", Map.of("total", 12));
    values.put("_outputs.a", Map.of("v", 7));
    return new MapScope(values);
  }

  @TestFactory
  Stream<DynamicTest> behavesAsRecorded() {
    PureTable table = PureTable.of("expression-evaluator");
    return table.tests(
        row -> {
          Object expected = row.get("expected");
          Object value =
              evaluator.evaluate(row.text("expression"), PropertyEvaluatorTest.scope(table, row));
          assertThat(JsonAssert.comparable(value))
              .isEqualTo(
                  PureTable.UNDEFINED.equals(expected) ? null : JsonAssert.comparable(expected));
        });
  }

  @TestFactory
  Stream<DynamicTest> everyPathOfTheDefaultEvaluatorMeansTheSame() {
    PropertyEvaluator paths = new PropertyEvaluator();
    return Stream.of(
            "n",
            "o.k.l.0",
            "list.length",
            "list.2",
            "o[\"k\"].l[0]",
            "_outputs.a.v",
            "context[\"_outputs.a\"].v",
            "my-node.total",
            "s.length",
            "o.missing",
            "missing")
        .map(
            path ->
                DynamicTest.dynamicTest(
                    path, () -> assertThat(evaluate(path)).isEqualTo(paths.evaluate(path, SCOPE))));
  }

  @Test
  void computes() {
    assertValue("1 + 2 * 3 - 4 / 2", 5);
    assertValue("(1 + 2) * 3", 9);
    assertValue("-n + +2", -3);
    assertValue("- -n", 5);
    assertValue("7 % 4 + -7 % 4", 0);
    assertValue("5 / 2", 2.5);
    assertValue("d * 2", 5);
    assertValue("1.5e3 + .5", 1500.5);
    assertValue("big + 1", 9_007_199_254_740_994L);
    assertValue("big * big", 8.112963841460668E31);
    assertValue("'3' * '4'", 12);
    assertValue("true + 1", 2);
    assertValue("null + 1", 1);
    assertValue("7 - 'x'", null);
    assertValue("1 / 0", null);
  }

  @Test
  void joinsTexts() {
    assertValue("s + 1", "abc1");
    assertValue("1 + 2 + s", "3abc");
    assertValue("s + null + true + o.missing", "abcnulltrueundefined");
    assertValue("'' + list", "1,2,3");
    assertValue("'' + o", "[object Object]");
    assertValue("'' + 2.0 * 50", "100");
    assertValue("'it\\'s \\u0041\\n' + \"\\\"\"", "it's A\n\"");
  }

  @Test
  void comparesAsJavaScriptDoes() {
    assertTrue("n == '5'", "n !== '5'", "n === 5.0", "null == undefined", "null !== undefined");
    assertTrue("o.missing == null", "nul == null", "0 == ''", "true == 1", "'1' == true");
    assertTrue("list == '1,2,3'", "'b' > 'a'", "'10' < '9'", "'10' > 9", "n >= 5 && n <= 5");
    assertTrue("!(o.missing > 1)", "!(o.missing < 1)", "null >= 0", "null != 0", "1 < 2 == true");
    assertTrue("big != big + 1", "list == list", "o.k == o['k']");
  }

  @Test
  void choosesAndStopsEarly() {
    assertValue("n > 3 ? 'many' : 'few'", "many");
    assertValue("t ? n > 9 ? 1 : 2 : 3", 2);
    assertValue("empty || 'default'", "default");
    assertValue("empty ?? 'default'", "");
    assertValue("o.missing ?? 'default'", "default");
    assertValue("n && s", "abc");
    assertValue("t || missing.x", true);
    assertValue("!t && missing.x", false);
    assertValue("n ?.5 : 1", 0.5);
  }

  @Test
  void aNameThatNobodyKnowsLeavesNoValue() {
    assertValue("missing", null);
    assertValue("!missing", null);
    assertValue("missing || true", null);
    assertValue("o.missing.x == null", null);
    assertValue("nul.x", null);
    assertValue("o.missing?.x == null", true);
    assertValue("nul?.x.y.z ?? 1", 1);
    assertValue("o?.k?.['l']?.[0]", "p");
    assertValue("context.missing == null", true);
  }

  @Test
  void reachesMembersByComputedNames() {
    assertValue("list[n - 4]", 2);
    assertValue("o['k'][s ? 'l' : 'm'][0]", "p");
    assertValue("('abc')[1]", "b");
    assertValue("(o.k).l.length", 1);
    assertValue("list[7]", null);
    assertValue("o['con' + 'structor']", null);
    assertValue("s.constructor", null);
  }

  @Test
  void aHyphenIsPartOfANameOnlyIfThereIsSuchAName() {
    assertValue("my-node.total > 10", true);
    assertValue("n-4", 1);
    assertValue("n-my-node.total", -7);
    assertValue("n-n-n", -5);
    assertThat(evaluator.evaluate("a-b", new MapScope(Map.of("a", 5, "b", 3)))).isEqualTo(2);
    assertThat(evaluator.evaluate("a-b", new MapScope(Map.of("a-b", 9, "a", 5)))).isEqualTo(9);
    assertThat(evaluator.evaluate("2024-01 + 1", new MapScope(Map.of("2024-01", 9)))).isEqualTo(10);
  }

  @Test
  void nothingCanBeCalledOrAssigned() {
    for (String expression :
        List.of(
            "n = 5",
            "n++",
            "s.trim()",
            "f(1)",
            "(n)(1)",
            "new Date",
            "a => a",
            "`x`",
            "[1]",
            "{}",
            "n; n",
            "n, n",
            "/x/",
            "n & 1",
            "n | 1",
            "n ** 2",
            "~n",
            "n == ",
            "(n",
            "n)",
            "1 2",
            "'open",
            "'\\u12'",
            "a.",
            "a?.",
            "a[",
            "3px",
            "",
            " ",
            "? :",
            "t ? 1",
            "@",
            "#")) {
      assertThat(evaluate(expression)).as(expression).isNull();
      assertThat(evaluator.check(expression)).as(expression).isPresent();
    }
  }

  @Test
  void saysWhatIsWrongAndWhere() {
    assertThat(evaluator.check("n > 3 && my-2nd.x")).isEmpty();
    assertThat(evaluator.check("n = 3")).contains("found \"=\" at column 3");
    assertThat(evaluator.check("(n")).contains("found the end, expected \")\" at column 3");
    assertThat(evaluator.check("s.trim()"))
        .contains("found a call; expressions can't call anything at column 7");
    assertThat(evaluator.check("n + * 2")).contains("found \"*\", expected a value at column 5");
  }

  @Test
  void isBoundedInLengthAndNesting() {
    assertValue("(".repeat(99) + "n" + ")".repeat(99), 5);
    assertValue("(".repeat(100) + "n" + ")".repeat(100), null);
    assertValue("!".repeat(101) + "n", null);
    assertValue("t?".repeat(101) + "1" + ":2".repeat(101), null);
    assertValue("1" + "+1".repeat(4_999), 5_000);
    assertValue("n" + " ".repeat(10_000), null);
    assertThat(evaluator.check("(".repeat(101)))
        .hasValueSatisfying(problem -> assertThat(problem).contains("more than 100 levels"));
    assertThat(evaluator.check("n" + " ".repeat(10_000))).isNotEqualTo(Optional.empty());
  }

  @Test
  void aSumOfTextsDoesNotFillTheMemory() {
    Scope scope = new MapScope(Map.of("s", "x".repeat(1_000_000)));

    assertThat(evaluator.evaluate("s" + "+s".repeat(1_000), scope)).isNull();
  }

  private Object evaluate(String expression) {
    return evaluator.evaluate(expression, SCOPE);
  }

  private void assertValue(String expression, Object expected) {
    assertThat(evaluate(expression)).as(expression).isEqualTo(expected);
  }

  private void assertTrue(String... expressions) {
    for (String expression : expressions) {
      assertValue(expression, true);
    }
  }
}
