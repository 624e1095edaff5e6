package io.flowcraft.spi;

import io.flowcraft.error.ErrorCode;
import io.flowcraft.error.FlowcraftException;
import org.jspecify.annotations.Nullable;

/**
 * A value on its way between engine and backends: data, text, or both.
 *
 * <p>It is encoded when a backend asks for {@link #text()} and decoded when the engine asks for
 * {@link #value()}, so that a backend in the same process never pays for either. Immutable as far
 * as anybody can see; safe to share.
 */
public final class Payload {

  private static final Object UNDECODED = new Object();

  private final Serializer serializer;
  private volatile @Nullable Object value;
  private volatile @Nullable String text;

  private Payload(Serializer serializer, @Nullable Object value, @Nullable String text) {
    this.serializer = serializer;
    this.value = value;
    this.text = text;
  }

  /** A payload of immutable JSON-like data. */
  public static Payload of(@Nullable Object value, Serializer serializer) {
    return new Payload(serializer, value, null);
  }

  /** A payload of text that the serializer wrote. */
  public static Payload ofText(String text, Serializer serializer) {
    return new Payload(serializer, UNDECODED, text);
  }

  /**
   * The data; null is the JSON value null.
   *
   * @throws FlowcraftException if the serializer can't read the text
   */
  public @Nullable Object value() {
    Object current = value;
    if (current == UNDECODED) {
      String encoded = text;
      current = encoded == null ? null : decode(encoded);
      value = current;
    }
    return current;
  }

  /**
   * The data as the serializer writes it.
   *
   * @throws FlowcraftException if the serializer can't write the data
   */
  public String text() {
    String current = text;
    if (current == null) {
      current = encode();
      text = current;
    }
    return current;
  }

  private @Nullable Object decode(String encoded) {
    try {
      return serializer.deserialize(encoded);
    } catch (FlowcraftException e) {
      throw e;
    } catch (RuntimeException e) {
      throw failed("read a stored value. Use the one that wrote it", e);
    }
  }

  private String encode() {
    try {
      return serializer.serialize(value);
    } catch (FlowcraftException e) {
      throw e;
    } catch (RuntimeException e) {
      throw failed("write a value. Extend it", e);
    }
  }

  private FlowcraftException failed(String what, RuntimeException cause) {
    return new FlowcraftException(
        ErrorCode.VALUE_UNSERIALIZABLE,
        "The serializer " + serializer.getClass().getName() + " could not " + what + ".",
        cause,
        true);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Payload payload && text().equals(payload.text());
  }

  @Override
  public int hashCode() {
    return text().hashCode();
  }

  /** Never the data itself, which may be secret. */
  @Override
  public String toString() {
    return "Payload";
  }
}
