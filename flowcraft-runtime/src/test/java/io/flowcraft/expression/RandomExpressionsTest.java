package io.flowcraft.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.flowcraft.json.JsonValues;
import io.flowcraft.spi.Evaluator;
import io.flowcraft.spi.Scope;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class RandomExpressionsTest {

  private static final List<String> PIECES =
      List.of(
          "a", "b", "a-b", "result", "context", "null", "true", "12", "0.5", "'x'", "\"", "'", "\\",
          ".", "[", "]", "(", ")", "?", ":", "?.", "??", "&&", "||", "!", "==", "===", "!=", "<",
          ">=", "+", "-", "*", "/", "%", " ", "=", "é", "\u0000", "[0]", "['k']", ".length");

  private static final Scope SCOPE =
      new MapScope(
          Map.of(
              "a", Map.of("k", List.of(1, "x", Map.of("a", 2.5)), "a", "text"),
              "b", List.of(),
              "a-b", 3,
              "result", Map.of("output", true)));

  @Provide
  Arbitrary<String> expressions() {
    return Arbitraries.randomValue(RandomExpressionsTest::expression);
  }

  private static String expression(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(12); i >= 0; i--) {
      text.append(PIECES.get(random.nextInt(PIECES.size())));
    }
    return text.toString();
  }

  @Property(tries = 20_000)
  void anyTextHasAValueOrNone(@ForAll("expressions") String expression) {
    for (Evaluator evaluator : List.of(new PropertyEvaluator(), new ExpressionEvaluator())) {
      Object value = evaluator.evaluate(expression, SCOPE);

      assertThatCode(() -> JsonValues.normalize(value, "the value")).doesNotThrowAnyException();
      assertThat(evaluator.evaluate(expression, SCOPE)).isEqualTo(value);
    }
  }

  @Property(tries = 2_000)
  void anyStringHasAValueOrNone(@ForAll String expression) {
    new PropertyEvaluator().evaluate(expression, SCOPE);
    new ExpressionEvaluator().evaluate(expression, SCOPE);
    new PropertyEvaluator().check(expression);
    new ExpressionEvaluator().check(expression);
  }
}
