package io.flowcraft.expression;

import io.flowcraft.expression.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Cuts an expression into tokens.
 *
 * <p>A word with hyphens is a name if there is such a name, and a subtraction otherwise; only the
 * scope knows, so that a predicate is asked for each.
 */
final class Lexer {

  /** Longer operators first, so that the first that fits is the right one. */
  private static final List<String> OPERATORS =
      List.of(
          "===", "!==", "==", "!=", "<=", ">=", "&&", "||", "??", "?.", "<", ">", "+", "-", "*",
          "/", "%", "!", "?", ":", "(", ")", "[", "]", ".");

  private static final int LONG_DIGITS = 18;

  private final String text;
  private final Predicate<String> isHyphenatedName;
  private final List<Token> tokens = new ArrayList<>();
  private int position;

  private Lexer(String text, Predicate<String> isHyphenatedName) {
    this.text = text;
    this.isHyphenatedName = isHyphenatedName;
  }

  static List<Token> tokens(String text, Predicate<String> isHyphenatedName) {
    Lexer lexer = new Lexer(text, isHyphenatedName);
    while (lexer.skipSpace()) {
      lexer.next();
    }
    lexer.add(Kind.END, "", null, text.length());
    return lexer.tokens;
  }

  private boolean skipSpace() {
    while (position < text.length() && Character.isWhitespace(text.charAt(position))) {
      position++;
    }
    return position < text.length();
  }

  private void next() {
    char c = text.charAt(position);
    if (c == '"' || c == '\'') {
      quoted(c);
    } else if (isMember() && isWord(c)) {
      int start = position;
      add(Kind.NAME, word(start), null, start);
    } else if (isDigit(position) || (c == '.' && isDigit(position + 1) && !isBehindValue())) {
      number();
    } else if (isWord(c)) {
      name();
    } else {
      operator();
    }
  }

  /** Whether the next token names a member: there, digits are a name, too. */
  private boolean isMember() {
    Token last = last();
    return last != null && (last.isOperator(".") || last.isOperator("?."));
  }

  private boolean isBehindValue() {
    Token last = last();
    return last != null
        && (last.kind() == Kind.NAME || last.isOperator("]") || last.isOperator(")"));
  }

  private @Nullable Token last() {
    return tokens.isEmpty() ? null : tokens.get(tokens.size() - 1);
  }

  private void name() {
    if (!hyphenatedName()) {
      int start = position;
      add(Kind.NAME, word(start), null, start);
    }
  }

  private boolean hyphenatedName() {
    int end = position;
    boolean hasHyphen = false;
    while (end < text.length() && (isWord(text.charAt(end)) || text.charAt(end) == '-')) {
      hasHyphen |= text.charAt(end) == '-';
      end++;
    }
    String candidate = text.substring(position, end);
    if (!hasHyphen || !isHyphenatedName.test(candidate)) {
      return false;
    }
    add(Kind.NAME, candidate, null, position);
    position = end;
    return true;
  }

  private String word(int start) {
    while (position < text.length() && isWord(text.charAt(position))) {
      position++;
    }
    return text.substring(start, position);
  }

  private void number() {
    if (hyphenatedName()) {
      return;
    }
    int start = position;
    skipDigits();
    if (position < text.length() && text.charAt(position) == '.') {
      position++;
      skipDigits();
    }
    skipExponent();
    String digits = text.substring(start, position);
    if (position < text.length() && isWord(text.charAt(position))) {
      throw new SyntaxError("found \"" + digits + text.charAt(position) + "\"", start);
    }
    boolean isInteger =
        digits.length() <= LONG_DIGITS && digits.chars().allMatch(c -> c <= '9' && c >= '0');
    Number value =
        isInteger ? Coercion.integer(Long.parseLong(digits)) : (Number) Double.parseDouble(digits);
    add(Kind.NUMBER, digits, value, start);
  }

  private void skipDigits() {
    while (isDigit(position)) {
      position++;
    }
  }

  private void skipExponent() {
    if (position < text.length() && "eE".indexOf(text.charAt(position)) >= 0) {
      boolean isSigned =
          position + 1 < text.length() && "+-".indexOf(text.charAt(position + 1)) >= 0;
      int digits = position + (isSigned ? 2 : 1);
      if (isDigit(digits)) {
        position = digits;
        skipDigits();
      }
    }
  }

  private void quoted(char quote) {
    int start = position++;
    StringBuilder content = new StringBuilder();
    while (position < text.length()) {
      char c = text.charAt(position++);
      if (c == quote) {
        add(Kind.TEXT, content.toString(), null, start);
        return;
      }
      content.append(c == '\\' ? escaped() : c);
    }
    throw new SyntaxError("found a text without its end", start);
  }

  private char escaped() {
    if (position == text.length()) {
      throw new SyntaxError("found a text without its end", position);
    }
    char c = text.charAt(position++);
    return switch (c) {
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'u' -> unicode();
      default -> c;
    };
  }

  private char unicode() {
    int end = position + 4;
    try {
      char c = (char) Integer.parseUnsignedInt(text, position, end, 16);
      position = end;
      return c;
    } catch (IndexOutOfBoundsException | NumberFormatException e) {
      throw new SyntaxError("found \"\\u\" without four hexadecimal digits", position);
    }
  }

  private void operator() {
    for (String operator : OPERATORS) {
      boolean isTernary = operator.equals("?.") && isDigit(position + 2);
      if (!isTernary && text.startsWith(operator, position)) {
        add(Kind.OPERATOR, operator, null, position);
        position += operator.length();
        return;
      }
    }
    throw new SyntaxError("found \"" + text.charAt(position) + "\"", position);
  }

  private boolean isDigit(int index) {
    return index < text.length() && text.charAt(index) >= '0' && text.charAt(index) <= '9';
  }

  private static boolean isWord(char c) {
    return c == '_' || c == '$' || Character.isLetterOrDigit(c);
  }

  private void add(Kind kind, String content, @Nullable Number value, int start) {
    tokens.add(new Token(kind, content, value, start));
  }
}
