package io.flowcraft.testkit.golden;

import io.flowcraft.error.FlowcraftException;
import io.flowcraft.json.JsonSerializer;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Compares data with what a recording expects, and says where it differs. */
final class Differ {

  private static final JsonSerializer SERIALIZER = new JsonSerializer();
  private static final Duration TOLERANCE = Duration.ofSeconds(1);
  private static final int LONGEST = 160;

  private final Instant now;

  /**
   * A comparison.
   *
   * @param now the time of the step
   */
  Differ(Instant now) {
    this.now = now;
  }

  /** Whether the value is what is expected. */
  boolean matches(@Nullable Object expected, @Nullable Object actual) {
    return differences("", expected, actual).isEmpty();
  }

  /** Where the value differs; empty if it does not. */
  List<String> differences(String path, @Nullable Object expected, @Nullable Object actual) {
    List<String> found = new ArrayList<>();
    compare(path, expected, actual, found);
    return found;
  }

  private void compare(
      String path, @Nullable Object expected, @Nullable Object actual, List<String> found) {
    if (Notation.isOpaque(expected) || (Notation.isUndefined(expected) && actual == null)) {
      return;
    }
    if (Notation.isTime(expected)) {
      check(isTime(Notation.millis(expected), actual), path, expected, actual, found);
    } else if (Notation.isJson(expected)) {
      compare(path, Notation.embedded(expected), embedded(actual), found);
    } else if (expected instanceof Map<?, ?> && actual instanceof Map<?, ?>) {
      compareMaps(path, Tree.map(expected), Tree.map(actual), found);
    } else if (expected instanceof List<?> && actual instanceof List<?>) {
      compareLists(path, Tree.list(expected), Tree.list(actual), found);
    } else {
      check(isSame(expected, actual), path, expected, actual, found);
    }
  }

  private void compareMaps(
      String path,
      Map<String, @Nullable Object> expected,
      Map<String, @Nullable Object> actual,
      List<String> found) {
    TreeSet<String> keys = new TreeSet<>(expected.keySet());
    keys.addAll(actual.keySet());
    for (String key : keys) {
      Object value = expected.get(key);
      String member = path.isEmpty() ? key : path + "." + key;
      if (!expected.containsKey(key)) {
        found.add(member + ": not expected, got " + show(actual.get(key)));
      } else if (actual.containsKey(key)
          || Notation.isUndefined(value)
          || Notation.isOpaque(value)) {
        compare(member, value, actual.get(key), found);
      } else {
        found.add(member + ": expected " + show(value) + ", got nothing");
      }
    }
  }

  private void compareLists(
      String path,
      List<@Nullable Object> expected,
      List<@Nullable Object> actual,
      List<String> found) {
    if (expected.size() != actual.size()) {
      check(false, path, expected, actual, found);
      return;
    }
    for (int i = 0; i < expected.size(); i++) {
      compare(path + "[" + i + "]", expected.get(i), actual.get(i), found);
    }
  }

  private static void check(
      boolean same,
      String path,
      @Nullable Object expected,
      @Nullable Object actual,
      List<String> found) {
    if (!same) {
      found.add(path + ": expected " + show(expected) + ", got " + show(actual));
    }
  }

  private static boolean isSame(@Nullable Object expected, @Nullable Object actual) {
    if (expected instanceof Number && actual instanceof Number) {
      return decimal(expected).compareTo(decimal(actual)) == 0 || isRounded(expected, actual);
    }
    boolean anyText = Notation.ENGINE_SPECIFIC.equals(expected) && actual instanceof String;
    return anyText || Objects.equals(expected, actual);
  }

  /** A whole number beyond what JavaScript can hold was rounded when it was recorded. */
  private static boolean isRounded(Object expected, Object actual) {
    double recorded = ((Number) expected).doubleValue();
    return Math.abs(recorded) > 0x1p53 && recorded == ((Number) actual).doubleValue();
  }

  private static BigDecimal decimal(Object number) {
    return new BigDecimal(number.toString());
  }

  private boolean isTime(long millis, @Nullable Object actual) {
    try {
      Instant time = Instant.parse(String.valueOf(actual));
      return Duration.between(now.plusMillis(millis), time).abs().compareTo(TOLERANCE) <= 0;
    } catch (DateTimeException e) {
      return false;
    }
  }

  private static @Nullable Object embedded(@Nullable Object actual) {
    if (Notation.isJson(actual)) {
      return Notation.embedded(actual);
    }
    try {
      Object value = actual instanceof String text ? SERIALIZER.deserialize(text) : actual;
      return Tree.without(value, Notation.EXECUTION_ID);
    } catch (FlowcraftException e) {
      return actual;
    }
  }

  /** A value on one line, shortened. */
  static String show(@Nullable Object value) {
    if (Notation.isUndefined(value)) {
      return "nothing";
    }
    String text = SERIALIZER.serialize(value);
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
  }
}
