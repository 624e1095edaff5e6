package io.flowcraft.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.flowcraft.json.JsonValues;
import io.flowcraft.random.Seeds;
import io.flowcraft.spi.Evaluator;
import io.flowcraft.spi.Scope;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

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

  private static String expression(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(12); i >= 0; i--) {
      text.append(PIECES.get(random.nextInt(PIECES.size())));
    }
    return text.toString();
  }

  @Test
  void anyTextHasAValueOrNone() {
    Seeds.each(
        20_000,
        random -> {
          String expression = expression(random);
          for (Evaluator evaluator : List.of(new PropertyEvaluator(), new ExpressionEvaluator())) {
            Object value = evaluator.evaluate(expression, SCOPE);

            assertThatCode(() -> JsonValues.normalize(value, "the value"))
                .doesNotThrowAnyException();
            assertThat(evaluator.evaluate(expression, SCOPE)).isEqualTo(value);
          }
        });
  }

  @Test
  void anyStringHasAValueOrNone() {
    Seeds.each(
        2_000,
        random -> {
          String expression =
              random
                  .ints(random.nextInt(20), 0, 300)
                  .mapToObj(Character::toString)
                  .collect(Collectors.joining());
          new PropertyEvaluator().evaluate(expression, SCOPE);
          new ExpressionEvaluator().evaluate(expression, SCOPE);
          new PropertyEvaluator().check(expression);
          new ExpressionEvaluator().check(expression);
        });
  }
}
