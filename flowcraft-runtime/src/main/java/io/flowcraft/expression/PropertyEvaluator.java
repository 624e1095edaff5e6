package io.flowcraft.expression;

import io.flowcraft.spi.Evaluator;
import io.flowcraft.spi.Scope;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The default evaluator: paths through data, for instance {@code result.output.items.0.name},
 * {@code order.lines.length} or {@code context["my.key"]}.
 *
 * <p>A key may contain any character. Where several keys fit, the longest one counts: with keys
 * {@code a} and {@code a.b}, the path {@code a.b.c} is member {@code c} of {@code a.b}. The names
 * {@code result}, {@code input} and {@code context} are the engine's and are never part of a longer
 * key; {@code context} is the scope itself if the scope has no such name.
 */
public final class PropertyEvaluator implements Evaluator {

  private static final int MAX_LENGTH = 10_000;

  /** What no name has but operators do; a space or a bracket tells an expression from a path. */
  private static final String UNLIKELY = " \t\r\n()=<>!&|+*/%?:{},;`'\"";

  private final BoundedCache<Optional<Path>> paths = new BoundedCache<>(PathParser::parse);

  /** An evaluator with a cache of its own. */
  public PropertyEvaluator() {}

  @Override
  public @Nullable Object evaluate(String expression, Scope scope) {
    if (expression.length() > MAX_LENGTH) {
      return null;
    }
    Object value = paths.get(expression).map(path -> path.resolve(scope)).orElse(null);
    return value instanceof Absent ? null : value;
  }

  /** What is wrong with an expression, or empty: for checks before a run. */
  public Optional<String> check(String expression) {
    if (expression.length() > MAX_LENGTH) {
      return Optional.of("it has more than " + MAX_LENGTH + " characters");
    }
    Optional<Path> path = PathParser.parse(expression);
    if (path.isEmpty()) {
      return Optional.of("it is no path of names, indexes and quoted keys in brackets");
    }
    return path.get().steps().stream()
        .filter(step -> !step.exact())
        .flatMapToInt(step -> step.name().chars())
        .filter(c -> UNLIKELY.indexOf(c) >= 0)
        .mapToObj(c -> "it contains \"" + (char) c + "\", but paths know no operators")
        .findFirst();
  }
}
