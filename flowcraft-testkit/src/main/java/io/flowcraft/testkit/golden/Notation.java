package io.flowcraft.testkit.golden;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The marks that a recording uses for what has no value of its own. */
final class Notation {

  /** The message of an error that the JavaScript engine produced. */
  static final String ENGINE_SPECIFIC = "<engine-specific>";

  /** The key whose value differs from run to run. */
  static final String EXECUTION_ID = "_executionId";

  private static final String UNDEFINED = "$undefined";
  private static final String OPAQUE = "$opaque";
  private static final String NOW_PLUS_MS = "$nowPlusMs";
  private static final String JSON = "$json";

  private Notation() {}

  /** The mark for a missing value. */
  static Map<String, @Nullable Object> undefined() {
    return Map.of(UNDEFINED, true);
  }

  /** The mark for a text that holds the value as JSON. */
  static Map<String, @Nullable Object> json(@Nullable Object value) {
    Map<String, @Nullable Object> mark = new LinkedHashMap<>();
    mark.put(JSON, value);
    return mark;
  }

  /** Whether the value was missing. */
  static boolean isUndefined(@Nullable Object expected) {
    return isMark(expected, UNDEFINED);
  }

  /** Whether the value is no data. */
  static boolean isOpaque(@Nullable Object expected) {
    return isMark(expected, OPAQUE);
  }

  /** Whether the value is a time, counted from the step's. */
  static boolean isTime(@Nullable Object expected) {
    return isMark(expected, NOW_PLUS_MS);
  }

  /** Whether the value is a text that holds JSON. */
  static boolean isJson(@Nullable Object expected) {
    return isMark(expected, JSON);
  }

  /** The milliseconds of {@link #isTime}. */
  static long millis(@Nullable Object expected) {
    return Tree.map(expected).get(NOW_PLUS_MS) instanceof Number millis ? millis.longValue() : 0;
  }

  /** The value of {@link #isJson}. */
  static @Nullable Object embedded(@Nullable Object expected) {
    return Tree.map(expected).get(JSON);
  }

  private static boolean isMark(@Nullable Object value, String mark) {
    return value instanceof Map<?, ?> map && map.size() == 1 && map.containsKey(mark);
  }
}
