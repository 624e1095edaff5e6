package io.flowcraft.coord.redis;

import io.flowcraft.error.ErrorCode;
import io.flowcraft.error.FlowcraftException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads settings out of properties and the environment. */
final class SettingsReader {

  private static final String PREFIX = "flowcraft.redis.";
  private static final Set<String> NAMES =
      Set.of(
          "uri",
          "username",
          "password",
          "config-file",
          "key-prefix",
          "timeout",
          "retries",
          "run-ttl");
  private static final Pattern DURATION = Pattern.compile("(\\d{1,9})\\s*(ms|s|m|h|d)");

  private final Map<String, String> properties;
  private final Map<String, String> environment;
  private final List<String> problems = new ArrayList<>();

  SettingsReader(Map<String, String> properties, Map<String, String> environment) {
    this.properties = properties;
    this.environment = environment;
  }

  RedisSettings read() {
    for (String name : properties.keySet()) {
      if (name.startsWith(PREFIX) && !NAMES.contains(name.substring(PREFIX.length()))) {
        problems.add(name + " is unknown; expected: " + PREFIX + "… with one of " + known());
      }
    }
    String uri = text("uri");
    Path file = parse("config-file", "a path", SettingsReader::path, null);
    if (uri == null && file == null) {
      problems.add(PREFIX + "uri is missing; expected: redis://host:port");
    }
    String prefix = text("key-prefix");
    Duration timeout =
        parse(
            "timeout",
            "a duration such as 2s",
            SettingsReader::duration,
            RedisSettings.DEFAULT_TIMEOUT);
    Integer retries =
        parse("retries", "a number", SettingsReader::number, RedisSettings.DEFAULT_RETRIES);
    Duration timeToLive =
        parse(
            "run-ttl",
            "a duration such as 7d",
            SettingsReader::duration,
            RedisSettings.DEFAULT_RUN_TIME_TO_LIVE);
    RedisSettings settings = null;
    if (timeout != null && retries != null && timeToLive != null) {
      settings =
          checked(
              new Parts(
                  uri == null
                      ? List.of()
                      : Arrays.stream(uri.split(",", -1)).map(String::strip).toList(),
                  file,
                  prefix == null ? RedisSettings.DEFAULT_KEY_PREFIX : prefix,
                  timeout,
                  retries,
                  timeToLive));
    }
    if (settings == null || !problems.isEmpty()) {
      throw new FlowcraftException(ErrorCode.CONFIG_INVALID, String.join("; ", problems) + ".");
    }
    return settings;
  }

  private record Parts(
      List<String> addresses,
      @Nullable Path file,
      String prefix,
      Duration timeout,
      int retries,
      Duration timeToLive) {}

  private @Nullable RedisSettings checked(Parts parts) {
    try {
      return new RedisSettings(
          parts.addresses(),
          text("username"),
          text("password"),
          parts.file(),
          parts.prefix(),
          parts.timeout(),
          parts.retries(),
          parts.timeToLive());
    } catch (FlowcraftException e) {
      problems.add(e.detail());
      return null;
    }
  }

  private static List<String> known() {
    return NAMES.stream().sorted().toList();
  }

  /** Null if it is not set. */
  private @Nullable String text(String name) {
    String value = properties.get(PREFIX + name);
    if (value == null) {
      String variable = (PREFIX + name).replace('.', '_').replace('-', '_');
      value = environment.get(variable.toUpperCase(Locale.ROOT));
    }
    return value == null || value.isBlank() ? null : value.strip();
  }

  /** Null, besides for want of a default, if it was a problem. */
  private <T> @Nullable T parse(
      String name, String expected, Function<String, @Nullable T> parser, @Nullable T otherwise) {
    String text = text(name);
    if (text == null) {
      return otherwise;
    }
    T value = parser.apply(text);
    if (value == null) {
      problems.add(PREFIX + name + " is \"" + text + "\"; expected: " + expected);
    }
    return value;
  }

  private static @Nullable Path path(String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      return null;
    }
  }

  private static @Nullable Integer number(String text) {
    try {
      return Integer.valueOf(text);
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private static @Nullable Duration duration(String text) {
    Matcher matcher = DURATION.matcher(text);
    if (!matcher.matches()) {
      return null;
    }
    long number = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "ms" -> Duration.ofMillis(number);
      case "s" -> Duration.ofSeconds(number);
      case "m" -> Duration.ofMinutes(number);
      case "h" -> Duration.ofHours(number);
      default -> Duration.ofDays(number);
    };
  }
}
