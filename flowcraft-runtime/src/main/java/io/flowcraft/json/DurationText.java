package io.flowcraft.json;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Durations as blueprints write them: a number of milliseconds, or a text such as {@code 500ms},
 * {@code 10s}, {@code 5m}, {@code 1h}, {@code 2d}.
 */
public final class DurationText {

  /** What is expected, for messages. */
  public static final String EXPECTED =
      "a number of milliseconds, zero or more, or a text such as \"500ms\", \"10s\", \"5m\", \"1h\", \"2d\"";

  private static final Pattern TEXT = Pattern.compile("(\\d{1,15})(ms|s|m|h|d)");
  private static final Duration LONGEST = Duration.ofDays(100 * 365);
  private static final int NANOS_PER_MILLI = 1_000_000;

  private DurationText() {}

  /** The duration, cut to a hundred years; empty if the value is none, or a negative one. */
  public static Optional<Duration> parse(@Nullable Object value) {
    if (value instanceof Number number) {
      return ofMillis(number);
    }
    return value instanceof String text ? ofText(text) : Optional.empty();
  }

  /** Milliseconds: an integer, unless the duration is finer than that. */
  static Number millis(Duration duration) {
    if (duration.getNano() % NANOS_PER_MILLI == 0) {
      return JsonNumbers.canonicalInteger(duration.toMillis());
    }
    return BigDecimal.valueOf(duration.getSeconds(), -3)
        .add(BigDecimal.valueOf(duration.getNano(), 6))
        .doubleValue();
  }

  private static Optional<Duration> ofMillis(Number number) {
    double millis = number.doubleValue();
    if (!(millis >= 0)) {
      return Optional.empty();
    }
    if (millis >= LONGEST.toMillis()) {
      return Optional.of(LONGEST);
    }
    boolean isWhole = millis == Math.rint(millis);
    return Optional.of(
        isWhole
            ? Duration.ofMillis((long) millis)
            : Duration.ofNanos(Math.round(millis * NANOS_PER_MILLI)));
  }

  private static Optional<Duration> ofText(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    Duration unit =
        switch (matcher.group(2)) {
          case "ms" -> Duration.ofMillis(1);
          case "s" -> Duration.ofSeconds(1);
          case "m" -> Duration.ofMinutes(1);
          case "h" -> Duration.ofHours(1);
          default -> Duration.ofDays(1);
        };
    long count = Long.parseLong(matcher.group(1));
    return Optional.of(count >= LONGEST.dividedBy(unit) ? LONGEST : unit.multipliedBy(count));
  }
}
