package io.flowcraft.testkit.golden;

import io.flowcraft.json.JsonSerializer;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The few places where the standard nodes depend on how JavaScript treats values. */
final class Js {

  private static final JsonSerializer SERIALIZER = new JsonSerializer();

  private Js() {}

  /** The number, or zero if the value is none. */
  static double number(@Nullable Object value) {
    return value instanceof Number number ? number.doubleValue() : 0;
  }

  /** A number as data: whole where it is exact. */
  static Object of(double number) {
    boolean whole = number == Math.rint(number) && Math.abs(number) <= 0x1p53;
    if (whole) {
      return (long) number;
    }
    return number;
  }

  /** The text of a value as the standard nodes define it. */
  static String text(@Nullable Object value) {
    if (value == null) {
      return "";
    }
    if (value instanceof String text) {
      return text;
    }
    if (value instanceof List<?>) {
      return "[array]";
    }
    return value instanceof Map<?, ?> ? "[object]" : SERIALIZER.serialize(value);
  }

  /** The member at a dotted path, or null. */
  static @Nullable Object at(@Nullable Object value, String path) {
    Object current = value;
    for (String name : path.split("\\.", -1)) {
      current = current instanceof List<?> list ? element(list, name) : Tree.map(current).get(name);
    }
    return current;
  }

  private static @Nullable Object element(List<?> list, String index) {
    boolean inside = index.matches("\\d{1,9}") && Integer.parseInt(index) < list.size();
    return inside ? list.get(Integer.parseInt(index)) : null;
  }
}
