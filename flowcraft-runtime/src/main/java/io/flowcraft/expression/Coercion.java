package io.flowcraft.expression;

import io.flowcraft.json.JsonSerializer;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.StringJoiner;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How values of different kinds meet in an operator: JavaScript's rules. */
final class Coercion {

  private static final Pattern DECIMAL =
      Pattern.compile("[+-]?(\\d{1,400}(\\.\\d{0,400})?|\\.\\d{1,400})([eE][+-]?\\d{1,5})?");

  private static final JsonSerializer NUMBERS = new JsonSerializer();
  private static final double EXACT = 9_007_199_254_740_992.0;

  private Coercion() {}

  static boolean isTrue(@Nullable Object value) {
    return value != Absent.UNDEFINED && Truth.of(value);
  }

  static boolean isNothing(@Nullable Object value) {
    return value == null || value == Absent.UNDEFINED;
  }

  static Number integer(long value) {
    int narrow = (int) value;
    return narrow == value ? (Number) narrow : (Number) value;
  }

  /** The result of arithmetic: an integer if it is one and surely exact. */
  static Number number(double value) {
    return value == Math.rint(value) && Math.abs(value) < EXACT
        ? integer((long) value)
        : (Number) value;
  }

  static boolean isInteger(Number value) {
    return value instanceof Integer || value instanceof Long;
  }

  static boolean areIntegers(Number left, Number right) {
    return isInteger(left) && isInteger(right);
  }

  static double toNumber(@Nullable Object value) {
    if (value instanceof Number number) {
      return number.doubleValue();
    }
    if (value instanceof Boolean flag) {
      return flag ? 1 : 0;
    }
    if (value == null) {
      return 0;
    }
    return value == Absent.UNDEFINED ? Double.NaN : parse(toText(value).strip());
  }

  private static double parse(String text) {
    if (text.isEmpty()) {
      return 0;
    }
    return DECIMAL.matcher(text).matches() ? Double.parseDouble(text) : Double.NaN;
  }

  static String toText(@Nullable Object value) {
    if (value instanceof String text) {
      return text;
    }
    if (value instanceof Number number) {
      return numberText(number);
    }
    if (value == Absent.UNDEFINED) {
      return "undefined";
    }
    if (value instanceof List<?> list) {
      StringJoiner joined = new StringJoiner(",");
      list.forEach(element -> joined.add(element == null ? "" : toText(element)));
      return joined.toString();
    }
    return value instanceof Map<?, ?> ? "[object Object]" : String.valueOf(value);
  }

  private static String numberText(Number number) {
    double value = number.doubleValue();
    if (number instanceof Double && !Double.isFinite(value)) {
      return number.toString();
    }
    String text = NUMBERS.serialize(number);
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }

  /** Lists and maps as text, all else as it is. */
  static @Nullable Object toPrimitive(@Nullable Object value) {
    return isContainer(value) ? toText(value) : value;
  }

  private static boolean isContainer(@Nullable Object value) {
    return value instanceof List<?> || value instanceof Map<?, ?>;
  }

  /** {@code ===}; lists and maps are equal if their contents are, wherever they came from. */
  static boolean strictlyEqual(@Nullable Object left, @Nullable Object right) {
    if (left instanceof Number a && right instanceof Number b) {
      return areIntegers(a, b)
          ? a.longValue() == b.longValue()
          : a.doubleValue() == b.doubleValue();
    }
    return Objects.equals(left, right);
  }

  /** {@code ==}. */
  static boolean looselyEqual(@Nullable Object left, @Nullable Object right) {
    if (left == null || right == null || isNothing(left) || isNothing(right)) {
      return isNothing(left) && isNothing(right);
    }
    if (isContainer(left) && isContainer(right)) {
      return left.equals(right);
    }
    Object a = toPrimitive(left);
    Object b = toPrimitive(right);
    boolean isSameKind =
        a instanceof String ? b instanceof String : a instanceof Boolean && b instanceof Boolean;
    return isSameKind ? Objects.equals(a, b) : toNumber(a) == toNumber(b);
  }
}
