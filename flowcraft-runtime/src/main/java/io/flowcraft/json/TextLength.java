package io.flowcraft.json;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** Estimates how long a normalized value is as JSON text, without writing it. */
final class TextLength {

  private static final int DECIMAL = 20;

  private TextLength() {}

  static long of(@Nullable Object value) {
    if (value == null || value instanceof Boolean) {
      return 5;
    }
    if (value instanceof String text) {
      return text.length() + 2L;
    }
    if (value instanceof Integer number) {
      return digits(number);
    }
    if (value instanceof FrozenMap map) {
      return map.textLength();
    }
    if (value instanceof FrozenList list) {
      return list.textLength();
    }
    return ofNumber((Number) value);
  }

  private static long ofNumber(Number number) {
    if (number instanceof BigInteger integer) {
      return integer.bitLength() / 3 + 2L;
    }
    if (number instanceof BigDecimal decimal) {
      return decimal.precision() + (long) DECIMAL;
    }
    return DECIMAL;
  }

  private static int digits(int value) {
    int length = value < 0 ? 2 : 1;
    for (int rest = value / 10; rest != 0; rest /= 10) {
      length++;
    }
    return length;
  }
}
