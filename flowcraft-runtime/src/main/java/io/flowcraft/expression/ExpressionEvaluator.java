package io.flowcraft.expression;

import io.flowcraft.spi.Evaluator;
import io.flowcraft.spi.Scope;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Expressions, for instance {@code result.output.score >= 70 && !order.blocked}.
 *
 * <p>The language is a part of JavaScript, with its meaning: literals, the paths of {@link
 * PropertyEvaluator}, {@code a?.b}, {@code a[b]}, {@code ! - + * / %}, comparisons, {@code && ||
 * ??}, {@code a ? b : c} and parentheses. It can call nothing, assign nothing and reach nothing but
 * the scope's data. An expression that is no such expression, that names what the scope has not, or
 * that asks nothing for a member has no value.
 *
 * <p>It differs from JavaScript where that would make results depend on where they are computed:
 * lists and maps are equal when their contents are, integers are exact up to 64 bits, and a number
 * that is not finite is no value.
 */
public final class ExpressionEvaluator implements Evaluator {

  private static final int MAX_LENGTH = 10_000;

  private final BoundedCache<Compiled> expressions = new BoundedCache<>(Compiled::new);

  /** An evaluator with a cache of its own. */
  public ExpressionEvaluator() {}

  @Override
  public @Nullable Object evaluate(String expression, Scope scope) {
    if (expression.length() > MAX_LENGTH) {
      return null;
    }
    Optional<Expression> parsed = expressions.get(expression).in(scope);
    if (parsed.isEmpty()) {
      return null;
    }
    try {
      Object value = new Interpreter(scope).evaluate(parsed.get());
      boolean isNone =
          value == Absent.UNDEFINED || (value instanceof Double number && !Double.isFinite(number));
      return isNone ? null : value;
    } catch (Interpreter.Failure e) {
      return null;
    }
  }

  /** What is wrong with an expression, or empty: for checks before a run. */
  public Optional<String> check(String expression) {
    if (expression.length() > MAX_LENGTH) {
      return Optional.of("it has more than " + MAX_LENGTH + " characters");
    }
    Optional<String> problem = parse(expression, word -> false);
    return problem.isEmpty() || parse(expression, word -> true).isEmpty()
        ? Optional.empty()
        : problem;
  }

  private static Optional<String> parse(String expression, Predicate<String> isHyphenatedName) {
    try {
      Parser.parse(Lexer.tokens(expression, isHyphenatedName));
      return Optional.empty();
    } catch (SyntaxError e) {
      return Optional.ofNullable(e.getMessage());
    }
  }
}
