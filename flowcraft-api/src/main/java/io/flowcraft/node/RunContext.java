package io.flowcraft.node;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The data that the nodes of a run share.
 *
 * <p>Reads see what was committed, and the node's own writes. The node's writes become visible to
 * others together with its outcome, or not at all. A read may block while a remote store answers.
 *
 * <p>Besides what nodes write there is, for every node that has an output, {@code _outputs.<id>}
 * and {@code <id>}, and for every delivered edge value {@code _inputs.<id of the target>}.
 */
public interface RunContext {

  /** The value under a key as JSON-like data, or null. */
  @Nullable Object get(String key);

  /**
   * The value under a key converted to its type, or empty if there is none or it is null.
   *
   * @throws io.flowcraft.error.FlowcraftException if it does not convert
   */
  <T> Optional<T> get(ContextKey<T> key);

  /** Whether there is a value, possibly null, under a key. */
  boolean has(String key);

  /**
   * Stores a value.
   *
   * @param value JSON-like data, or an object that Jackson writes as such
   * @throws io.flowcraft.error.FlowcraftException if the value is no data or too large
   */
  void set(String key, @Nullable Object value);

  /** Stores a value under a typed key. */
  default <T> void set(ContextKey<T> key, T value) {
    set(key.name(), value);
  }

  /** Removes a key; whether there was a value. */
  boolean delete(String key);

  /** Stores several values; a null value is stored as null. */
  default void patch(Map<String, ? extends @Nullable Object> values) {
    values.forEach(this::set);
  }
}
