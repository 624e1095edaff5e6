package io.flowcraft.runtime.internal.engine;

import io.flowcraft.error.ErrorCode;
import io.flowcraft.error.FlowcraftException;
import io.flowcraft.json.JsonSerializer;
import io.flowcraft.json.JsonValues;
import io.flowcraft.json.Limits;
import io.flowcraft.spi.Payload;
import io.flowcraft.spi.Serializer;
import org.jspecify.annotations.Nullable;

/** Turns what user code hands over into data, and data into what user code asks for. */
public final class Values {

  private final Serializer serializer;
  private final Limits limits;

  /** Whether the serializer writes whatever passes for data here; others are asked. */
  private final boolean total;

  /** Values within limits, encoded by a serializer. */
  public Values(Serializer serializer, Limits limits) {
    this.serializer = serializer;
    this.limits = limits;
    this.total = serializer instanceof JsonSerializer;
  }

  /** What encodes payloads. */
  public Serializer serializer() {
    return serializer;
  }

  /**
   * Immutable JSON-like data that the serializer can write.
   *
   * @param what names the value in an error
   */
  public @Nullable Object data(@Nullable Object value, String what) {
    Object data = value == null ? null : JsonValues.normalize(value, limits, what);
    if (!total) {
      requireWritable(data, what);
    }
    return data;
  }

  /** Once a value is on its way to a store it is too late to refuse it. */
  private void requireWritable(@Nullable Object data, String what) {
    try {
      serializer.serialize(data);
    } catch (RuntimeException e) {
      throw new FlowcraftException(
          ErrorCode.VALUE_UNSERIALIZABLE,
          what
              + " can't be written by the serializer "
              + serializer.getClass().getName()
              + ". Hand over data that it can write, or extend it.",
          e);
    }
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
