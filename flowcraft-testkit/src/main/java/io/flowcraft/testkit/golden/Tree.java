package io.flowcraft.testkit.golden;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads and rebuilds JSON-like data: maps, lists, texts, numbers, booleans and null. */
final class Tree {

  private Tree() {}

  /** The value as a map; an empty one if it is none. */
  @SuppressWarnings("unchecked")
  static Map<String, @Nullable Object> map(@Nullable Object value) {
    return value instanceof Map<?, ?> map ? (Map<String, @Nullable Object>) map : Map.of();
  }

  /** The value as a list; an empty one if it is none. */
  @SuppressWarnings("unchecked")
  static List<@Nullable Object> list(@Nullable Object value) {
    return value instanceof List<?> list ? (List<@Nullable Object>) list : List.of();
  }

  /** The texts among the elements of a list. */
  static List<String> texts(@Nullable Object value) {
    return list(value).stream().filter(String.class::isInstance).map(String.class::cast).toList();
  }

  /** The text under a key; an empty one if there is none. */
  static String text(Map<String, @Nullable Object> map, String key) {
    return map.get(key) instanceof String text ? text : "";
  }

  /** The text under a key, or null. */
  static @Nullable String textOrNull(Map<String, @Nullable Object> map, String key) {
    return map.get(key) instanceof String text ? text : null;
  }

  /** A copy without a key, at any depth. */
  static @Nullable Object without(@Nullable Object value, String key) {
    if (value instanceof Map<?, ?>) {
      Map<String, @Nullable Object> copy = new LinkedHashMap<>();
      map(value)
          .forEach(
              (name, member) -> {
                if (!name.equals(key)) {
                  copy.put(name, without(member, key));
                }
              });
      return copy;
    }
    if (value instanceof List<?>) {
      List<@Nullable Object> copy = new ArrayList<>();
      list(value).forEach(element -> copy.add(without(element, key)));
      return copy;
    }
    return value;
  }
}
