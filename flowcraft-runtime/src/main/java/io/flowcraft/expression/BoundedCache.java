package io.flowcraft.expression;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Keeps what was parsed. When it is full it starts afresh: a runtime has few expressions, and one
 * that has many must not keep them all.
 */
final class BoundedCache<V> {

  private static final int MAX_ENTRIES = 1_000;

  private final Map<String, V> entries = new ConcurrentHashMap<>();
  private final Function<String, V> parser;

  BoundedCache(Function<String, V> parser) {
    this.parser = parser;
  }

  V get(String text) {
    V known = entries.get(text);
    if (known != null) {
      return known;
    }
    V parsed = parser.apply(text);
    if (entries.size() >= MAX_ENTRIES) {
      entries.clear();
    }
    entries.put(text, parsed);
    return parsed;
  }
}
