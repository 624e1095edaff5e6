package io.flowcraft.json;

import io.flowcraft.error.ErrorCode;
import io.flowcraft.spi.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Data as JSON, the way JavaScript writes it. What it reads is normalized data, equal to what was
 * written. Stateless, for any thread.
 */
public final class JsonSerializer implements Serializer {

  /**
   * Wider than the limits of a single value: the engine wraps values, and what was stored under one
   * configuration must be readable under another.
   */
  public static final Limits DEFAULT_LIMITS = new Limits(256 * 1024 * 1024, Limits.DEEPEST);

  private final Limits limits;

  /** A serializer with {@link #DEFAULT_LIMITS}. */
  public JsonSerializer() {
    this(DEFAULT_LIMITS);
  }

  /** A serializer that refuses more than the limits. */
  public JsonSerializer(Limits limits) {
    this.limits = limits;
  }

  @Override
  public String serialize(@Nullable Object data) {
    return JsonWriter.write(JsonValues.normalize(data, limits, "data"));
  }

  @Override
  public @Nullable Object deserialize(String text) {
    return JsonReader.read(text, limits, "data", ErrorCode.INPUT_MALFORMED);
  }
}
