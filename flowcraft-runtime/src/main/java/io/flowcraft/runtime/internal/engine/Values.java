package io.flowcraft.runtime.internal.engine;

import io.flowcraft.json.JsonValues;
import io.flowcraft.json.Limits;
import io.flowcraft.spi.Payload;
import io.flowcraft.spi.Serializer;
import org.jspecify.annotations.Nullable;

/** Turns what user code hands over into data, and data into what user code asks for. */
public final class Values {

  private final Serializer serializer;
  private final Limits limits;

  /** Values within limits, encoded by a serializer. */
  public Values(Serializer serializer, Limits limits) {
    this.serializer = serializer;
    this.limits = limits;
  }

  /** What encodes payloads. */
  public Serializer serializer() {
    return serializer;
  }

  /**
   * Immutable JSON-like data.
   *
   * @param what names the value in an error
   */
  public @Nullable Object data(@Nullable Object value, String what) {
    return value == null ? null : JsonValues.normalize(value, limits, what);
  }

  /** A payload of data. */
  public Payload payload(@Nullable Object data) {
    return Payload.of(data, serializer);
  }

  /** Data as a type. */
  public <T> T convert(@Nullable Object data, Class<T> type, String what) {
    return JsonValues.convert(data, type, what);
  }
}
