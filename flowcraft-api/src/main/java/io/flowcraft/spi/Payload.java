package io.flowcraft.spi;

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

  /** The data; null is the JSON value null. */
  public @Nullable Object value() {
    Object current = value;
    if (current == UNDECODED) {
      String encoded = text;
      current = encoded == null ? null : serializer.deserialize(encoded);
      value = current;
    }
    return current;
  }

  /** The data as the serializer writes it. */
  public String text() {
    String current = text;
    if (current == null) {
      current = serializer.serialize(value);
      text = current;
    }
    return current;
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
