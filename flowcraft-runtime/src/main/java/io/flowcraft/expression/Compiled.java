package io.flowcraft.expression;

import io.flowcraft.spi.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * An expression, parsed for the names that scopes have: {@code a-b} is a name in one scope and a
 * subtraction in another.
 */
final class Compiled {

  private static final int MAX_HYPHENATED = 32;
  private static final int MAX_VARIANTS = 64;

  private final String text;
  private final List<String> hyphenated;
  private final Optional<Expression> plain;
  private final Map<List<String>, Optional<Expression>> variants = new ConcurrentHashMap<>();

  Compiled(String text) {
    this.text = text;
    List<String> words = new ArrayList<>();
    Optional<Expression> parsed =
        parse(
            text,
            word -> {
              words.add(word);
              return words.size() > MAX_HYPHENATED;
            });
    boolean isTooMany = words.size() > MAX_HYPHENATED;
    this.hyphenated = isTooMany ? List.of() : List.copyOf(words);
    this.plain = isTooMany ? Optional.empty() : parsed;
  }

  /** The expression as a scope understands it; empty if it can't be parsed. */
  Optional<Expression> in(Scope scope) {
    if (hyphenated.isEmpty()) {
      return plain;
    }
    List<String> names = hyphenated.stream().filter(scope::has).toList();
    if (names.isEmpty()) {
      return plain;
    }
    Optional<Expression> known = variants.get(names);
    if (known != null) {
      return known;
    }
    Optional<Expression> parsed = parse(text, names::contains);
    if (variants.size() < MAX_VARIANTS) {
      variants.put(names, parsed);
    }
    return parsed;
  }

  private static Optional<Expression> parse(String text, Predicate<String> isHyphenatedName) {
    try {
      return Optional.of(Parser.parse(Lexer.tokens(text, isHyphenatedName)));
    } catch (SyntaxError e) {
      return Optional.empty();
    }
  }
}
