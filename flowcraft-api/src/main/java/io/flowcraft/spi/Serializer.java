package io.flowcraft.spi;

import org.jspecify.annotations.Nullable;

/** Writes JSON-like data as text and reads it back. Called from any thread; must not block. */
public interface Serializer {

  /** The data as text. */
  String serialize(@Nullable Object data);

  /**
   * The data of a text.
   *
   * @throws io.flowcraft.error.FlowcraftException if the text is none that this serializer writes
   */
  @Nullable Object deserialize(String text);
}
