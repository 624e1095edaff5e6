package io.flowcraft.runtime.internal.engine;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the durations of built-in nodes: milliseconds, or a text such as {@code 5m}. */
final class Durations {

  private static final Pattern TEXT = Pattern.compile("(\\d{1,15})([smhd])");
  private static final long LONGEST = 100L * 365 * 24 * 60 * 60 * 1000;

  private Durations() {}

  static long millis(Map<String, @Nullable Object> params, String key, String kind, String nodeId) {
    if (!params.containsKey(key)) {
      throw new IllegalArgumentException(
          kind + " '" + nodeId + "' received an invalid duration type: undefined");
    }
    Object value = params.get(key);
    long millis;
    if (value instanceof Number number) {
      millis = number.longValue();
    } else if (value instanceof String text) {
      millis = parse(text, kind, nodeId);
    } else {
      throw new IllegalArgumentException(
          kind + " '" + nodeId + "' received an invalid duration type: " + typeName(value));
    }
    if (millis < 0) {
      throw new IllegalArgumentException(kind + " '" + nodeId + "' received a negative duration.");
    }
    return Math.min(millis, LONGEST);
  }

  private static long parse(String text, String kind, String nodeId) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          kind
              + " '"
              + nodeId
              + "' received an invalid duration string: '"
              + text
              + "'. Expected format: '5m', '10s', '1h', '2d'");
    }
    long number = Long.parseLong(matcher.group(1));
    long unit =
        switch (matcher.group(2)) {
          case "s" -> 1_000L;
          case "m" -> 60_000L;
          case "h" -> 3_600_000L;
          default -> 86_400_000L;
        };
    return number > LONGEST / unit ? LONGEST : number * unit;
  }

  private static String typeName(@Nullable Object value) {
    if (value instanceof Boolean) {
      return "boolean";
    }
    return value instanceof String ? "string" : "object";
  }
}
