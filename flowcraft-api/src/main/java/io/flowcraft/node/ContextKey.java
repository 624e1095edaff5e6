package io.flowcraft.node;

import java.util.Objects;

/**
 * A context key with the type of its value.
 *
 * @param name the key
 * @param type the type of the value
 * @param <T> the type of the value
 */
public record ContextKey<T>(String name, Class<T> type) {

  /** Refuses null. */
  public ContextKey {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(type, "type");
  }

  /** A key. */
  public static <T> ContextKey<T> of(String name, Class<T> type) {
    return new ContextKey<>(name, type);
  }
}
