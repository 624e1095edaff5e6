package io.flowcraft.expression;

import org.jspecify.annotations.Nullable;

/** What counts as true in a condition: the rule of JavaScript, as blueprints expect it. */
public final class Truth {

  private Truth() {}

  /** False for null, false, zero, NaN and the empty text; true for all else, empty lists too. */
  public static boolean of(@Nullable Object value) {
    if (value == null) {
      return false;
    }
    if (value instanceof Boolean flag) {
      return flag;
    }
    if (value instanceof String text) {
      return !text.isEmpty();
    }
    if (value instanceof Number number) {
      double approximate = number.doubleValue();
      return approximate != 0 && !Double.isNaN(approximate);
    }
    return true;
  }
}
