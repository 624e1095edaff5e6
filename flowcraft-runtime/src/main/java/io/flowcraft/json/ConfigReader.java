package io.flowcraft.json;

import io.flowcraft.blueprint.Join;
import io.flowcraft.blueprint.NodeConfig;
import io.flowcraft.blueprint.Retry;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Reads the {@code config} of a node. */
final class ConfigReader {

  /** One attempt more than the first, twice: what {@link Retry#fixed} begins with. */
  private static final int USUAL_ATTEMPTS = 3;

  private static final double HIGHEST_FACTOR = 999.0;

  private ConfigReader() {}

  static NodeConfig read(Members config) {
    String fallback = config.text("fallback");
    String compensate = config.text("compensate");
    return new NodeConfig(
        config
            .members("retry")
            .map(retry -> extended(config, retry))
            .orElseGet(() -> plain(config)),
        config.has("timeout") ? duration(config, "timeout") : null,
        fallback == null || fallback.isEmpty() ? null : fallback,
        join(config),
        compensate == null || compensate.isEmpty() ? null : compensate);
  }

  /** The npm library's form. There, fewer than one attempt meant that the node never ran. */
  private static Retry plain(Members config) {
    int attempts = Math.max(1, config.integer("maxRetries").orElse(1));
    Duration delay = duration(config, "retryDelay");
    return Retry.fixed(delay).maxAttempts(attempts);
  }

  private static Retry extended(Members config, Members retry) {
    for (String plain : new String[] {"maxRetries", "retryDelay"}) {
      if (config.has(plain)) {
        config.refuse(plain, "nothing, because there is a member \"retry\"");
      }
    }
    int attempts = retry.integer("maxAttempts").orElse(USUAL_ATTEMPTS);
    if (attempts < 1) {
      retry.refuse("maxAttempts", "at least 1");
    }
    return new Retry(
        Math.max(1, attempts),
        duration(retry, "delay"),
        retry.number("factor", 1, HIGHEST_FACTOR, 1),
        duration(retry, "maxDelay"),
        retry.number("jitter", 0, 1, 0),
        retry.texts("nonRetryable"));
  }

  private static Duration duration(Members members, String name) {
    if (!members.has(name)) {
      return Duration.ZERO;
    }
    return DurationText.parse(members.raw(name))
        .orElseGet(
            () -> {
              members.refuse(name, DurationText.EXPECTED);
              return Duration.ZERO;
            });
  }

  private static @Nullable Join join(Members config) {
    String text = config.text("joinStrategy");
    if (text == null || text.isEmpty()) {
      return null;
    }
    return Join.parse(text)
        .orElseGet(
            () -> {
              config.refuse("joinStrategy", "\"all\", \"any\", \"every\" or \"atLeast:n\"");
              return Join.all();
            });
  }
}
