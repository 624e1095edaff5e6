package io.flowcraft.json;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.io.NumberOutput;

/**
 * The one form that each number has.
 *
 * <p>An integer is the smallest of Integer, Long and BigInteger that holds it; anything else is a
 * Double, or a BigDecimal if a Double would lose digits. A number that was written as text and read
 * back therefore equals the one that never left the process.
 */
final class JsonNumbers {

  /** What the JSON parser accepts; a longer number could be written but never read again. */
  static final int MAX_DIGITS = 1_000;

  /** A text of so few characters has fewer digits than a double holds for certain. */
  private static final int SHORT_TEXT = 16;

  private static final int SMALLEST_EXPONENT = -324;

  /** From here on a double no longer holds every integer. */
  private static final double EXACT = 9_007_199_254_740_992.0;

  private JsonNumbers() {}

  /** The number in its one form, or null if it is not finite or of an unknown class. */
  static @Nullable Number canonical(Number number) {
    if (number instanceof Integer) {
      return number;
    }
    if (number instanceof Long value) {
      return canonicalInteger(value);
    }
    if (number instanceof Double value) {
      return Double.isFinite(value) ? positiveZero(value) : null;
    }
    if (number instanceof Short || number instanceof Byte) {
      return number.intValue();
    }
    if (number instanceof Float value) {
      // By its text, so that 0.1f becomes 0.1 and not 0.10000000149011612.
      return Float.isFinite(value)
          ? positiveZero(Double.parseDouble(NumberOutput.toString(value, true)))
          : null;
    }
    if (number instanceof BigInteger value) {
      return integer(value);
    }
    return number instanceof BigDecimal value ? decimal(value) : null;
  }

  /** Whether the number has more digits than can be read back. */
  static boolean isTooLong(Number number) {
    if (number instanceof BigInteger value) {
      return value.bitLength() > MAX_DIGITS * 3.3;
    }
    return number instanceof BigDecimal value && value.precision() > MAX_DIGITS;
  }

  /**
   * The number that a JSON text with a fraction or an exponent denotes.
   *
   * @throws NumberFormatException if its exponent is beyond measure
   */
  static Number parseDecimal(String text) {
    if (text.length() <= SHORT_TEXT) {
      double value = Double.parseDouble(text);
      if (value != 0 && Double.isFinite(value)) {
        return value;
      }
    }
    return decimal(new BigDecimal(text));
  }

  /** The JSON text; exponents as JavaScript writes them, a Double always recognizable as such. */
  static String text(Number number) {
    if (number instanceof Double value) {
      String text = NumberOutput.toString(value, true);
      return text.indexOf('E') < 0 ? text : withoutJavaExponent(text);
    }
    return number.toString();
  }

  /** The integer as Integer or Long. */
  static Number canonicalInteger(Long value) {
    int narrow = value.intValue();
    return narrow == value ? (Number) narrow : value;
  }

  /** The number as an integer if it is a Double without fraction that surely holds one. */
  static Number whole(Number number) {
    return number instanceof Double value && value == Math.rint(value) && Math.abs(value) < EXACT
        ? canonicalInteger(value.longValue())
        : number;
  }

  private static Number integer(BigInteger value) {
    if (value.bitLength() >= Long.SIZE) {
      return value;
    }
    return canonicalInteger(value.longValue());
  }

  private static Number decimal(BigDecimal value) {
    double approximate = value.doubleValue();
    if (Double.isFinite(approximate)
        && new BigDecimal(NumberOutput.toString(approximate, true)).compareTo(value) == 0) {
      return positiveZero(approximate);
    }
    return value.scale() == 0 ? integer(value.unscaledValue()) : value;
  }

  /** JSON has no negative zero in JavaScript either: it is written as zero. */
  private static Double positiveZero(Double value) {
    return value == 0 && 1 / value < 0 ? Double.valueOf(0) : value;
  }

  /** Java changes to exponents from 1e7 and below 1e-3, JavaScript from 1e21 and below 1e-6. */
  private static String withoutJavaExponent(String text) {
    int mark = text.indexOf('E');
    String sign = text.startsWith("-") ? "-" : "";
    String digits = significant(text.substring(sign.length(), mark).replace(".", ""));
    int exponent = Integer.parseInt(text.substring(mark + 1));
    if (exponent == SMALLEST_EXPONENT) {
      // Java writes two digits at least, although one tells the two smallest doubles apart.
      return sign + (digits.equals("49") ? "5e-324" : "1e-323");
    }
    if (exponent >= 21 || exponent < -6) {
      String fraction = digits.length() == 1 ? "" : "." + digits.substring(1);
      return sign + digits.charAt(0) + fraction + (exponent < 0 ? "e" : "e+") + exponent;
    }
    if (exponent < 0) {
      return sign + "0." + "0".repeat(-exponent - 1) + digits;
    }
    int missing = exponent + 1 - digits.length();
    if (missing >= 0) {
      return sign + digits + "0".repeat(missing) + ".0";
    }
    return sign + digits.substring(0, exponent + 1) + "." + digits.substring(exponent + 1);
  }

  private static String significant(String digits) {
    int end = digits.length();
    while (end > 1 && digits.charAt(end - 1) == '0') {
      end--;
    }
    return digits.substring(0, end);
  }
}
