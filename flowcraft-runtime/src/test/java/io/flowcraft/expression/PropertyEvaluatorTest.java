package io.flowcraft.expression;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowcraft.golden.JsonAssert;
import io.flowcraft.golden.PureTable;
import io.flowcraft.golden.PureTable.Row;
import io.flowcraft.spi.Scope;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class PropertyEvaluatorTest {

  /** Where paths reach what the original's could not, or no longer reach what they should not. */
  private static final Map<String, Object> BETTER = new HashMap<>();

  static {
    // Q37: keys may contain dots and hyphens.
    BETTER.put("dotted.key", "dk");
    BETTER.put("hy-phen", 1);
    // Q13: brackets are understood.
    BETTER.put("o['p']", Map.of("q", "deep"));
    // Q37: only what the data holds, nothing inherited.
    BETTER.put("x.constructor.name", null);
    BETTER.put("x.toString", null);
  }

  private final PropertyEvaluator evaluator = new PropertyEvaluator();

  @TestFactory
  Stream<DynamicTest> behavesAsRecordedOrBetter() {
    PureTable table = PureTable.of("property-evaluator");
    return table.tests(
        row -> {
          Object value = evaluator.evaluate(row.text("expression"), scope(table, row));
          assertThat(JsonAssert.comparable(value)).isEqualTo(JsonAssert.comparable(expected(row)));
        });
  }

  static Scope scope(PureTable table, Row row) {
    return new MapScope(
        row.has("context") ? row.map("context") : new Row(table.data()).map("context"));
  }

  private static Object expected(Row row) {
    if (BETTER.containsKey(row.name())) {
      return BETTER.get(row.name());
    }
    return PureTable.UNDEFINED.equals(row.get("expected")) ? null : row.get("expected");
  }

  @Test
  void theLongestKeyCounts() {
    Scope scope =
        new MapScope(
            Map.of(
                "a", Map.of("b", Map.of("c", 1)),
                "a.b", Map.of("c", 2),
                "_outputs.n.x", Map.of("c", 3)));

    assertThat(evaluator.evaluate("a.b.c", scope)).isEqualTo(2);
    assertThat(evaluator.evaluate("a[\"b\"].c", scope)).isEqualTo(1);
    assertThat(evaluator.evaluate("_outputs.n.x.c", scope)).isEqualTo(3);
    assertThat(evaluator.evaluate("context.a", scope)).isEqualTo(Map.of("b", Map.of("c", 1)));
  }

  @Test
  void noKeyCanTakeTheEnginesNames() {
    Scope scope =
        new MapScope(
            Map.of("result", Map.of("output", true), "result.output", false, "input.x", "other"));

    assertThat(evaluator.evaluate("result.output", scope)).isEqualTo(true);
    assertThat(evaluator.evaluate("input.x", scope)).isEqualTo("other");
    assertThat(evaluator.evaluate("context[\"result.output\"]", scope)).isEqualTo(false);
  }

  @Test
  void bracketsReachAnyKey() {
    Scope scope =
        new MapScope(
            Map.of("context", Map.of("loop-body", Map.of("a b", List.of("x", "y")), "q\"]", 5)));

    assertThat(evaluator.evaluate("context[\"loop-body\"]['a b'][1]", scope)).isEqualTo("y");
    assertThat(evaluator.evaluate("context[\"q\\\"]\"]", scope)).isEqualTo(5);
    assertThat(evaluator.evaluate("context[\"loop-body\"].a b.length", scope)).isEqualTo(2);
  }

  @Test
  void theContextIsTheScopeItselfUnlessItHasOne() {
    Scope scope = new MapScope(Map.of("my-node.x", Map.of("ok", true)));

    assertThat(evaluator.evaluate("context[\"my-node.x\"].ok", scope)).isEqualTo(true);
    assertThat(evaluator.evaluate("context", scope)).isNull();
    assertThat(evaluator.evaluate("context.nothing", scope)).isNull();
  }

  @Test
  void malformedPathsHaveNoValue() {
    Scope everything = new MapScope(new Greedy());

    for (String path :
        List.of(
            "", ".", "a.", ".a", "a..b", "a[", "a[]", "a[\"b", "a[b]", "a[0", "a]b", "a[\"b\\")) {
      assertThat(evaluator.evaluate(path, everything)).as(path).isNull();
      assertThat(evaluator.check(path)).as(path).isPresent();
    }
    assertThat(evaluator.evaluate("a".repeat(10_001), everything)).isNull();
    assertThat(evaluator.evaluate("a".repeat(10_000), everything)).isNotNull();
  }

  @Test
  void asksLazyMapsForKeysOnly() {
    Scope scope = new MapScope(Map.of("context", new Greedy()));

    assertThat(evaluator.evaluate("context.cfg.limit", scope)).isEqualTo("value of cfg.limit");
    assertThat(evaluator.evaluate("context[\"cfg\"]", scope)).isEqualTo("value of cfg");
  }

  @Test
  void warnsOfOperators() {
    assertThat(evaluator.check("result.output.total")).isEmpty();
    assertThat(evaluator.check("context[\"a > b\"].größe-1.0")).isEmpty();
    assertThat(evaluator.check("n > 5")).contains("it contains \" \", but paths know no operators");
    assertThat(evaluator.check("!a")).isPresent();
  }

  @Test
  void longPathsDoNotAskForEveryKeyImaginable() {
    List<String> asked = new ArrayList<>();
    Scope scope =
        new Scope() {
          @Override
          public Object get(String name) {
            return null;
          }

          @Override
          public boolean has(String name) {
            asked.add(name);
            return false;
          }
        };

    evaluator.evaluate("a" + ".a".repeat(4_000), scope);

    assertThat(asked).hasSize(32);
  }

  /** Has every key, and cannot be listed. */
  private static final class Greedy extends AbstractMap<String, Object> {

    @Override
    public Object get(Object key) {
      return "value of " + key;
    }

    @Override
    public boolean containsKey(Object key) {
      return true;
    }

    @Override
    public Set<Entry<String, Object>> entrySet() {
      throw new AssertionError("the whole context was read");
    }
  }
}
