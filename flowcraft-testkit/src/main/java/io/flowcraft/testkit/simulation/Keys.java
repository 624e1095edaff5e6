package io.flowcraft.testkit.simulation;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The plain values of a coordination store, which remembers what they were before. */
final class Keys {

  private static final int REMEMBERED = 8;

  private final World world;
  private final Deque<Map<String, Value>> before = new ArrayDeque<>();
  private Map<String, Value> values = new TreeMap<>();

  Keys(World world) {
    this.world = world;
  }

  private record Value(String text, long expiresAt) {}

  long increment(String key, Duration ttl) {
    String text = get(key);
    long next = text == null ? 1 : Long.parseLong(text) + 1;
    put(key, Long.toString(next), ttl);
    return next;
  }

  boolean setIfAbsent(String key, String text, Duration ttl) {
    if (get(key) != null) {
      return false;
    }
    put(key, text, ttl);
    return true;
  }

  boolean extend(String key, Duration ttl) {
    String text = get(key);
    if (text != null) {
      put(key, text, ttl);
    }
    return text != null;
  }

  boolean delete(String key) {
    boolean there = get(key) != null;
    if (there) {
      remember();
      values.remove(key);
    }
    return there;
  }

  @Nullable String get(String key) {
    Value value = values.get(key);
    return value == null || value.expiresAt <= world.millis() ? null : value.text;
  }

  /** Whether there is a value of which the key begins so. */
  boolean hasAny(String beginning) {
    return values.keySet().stream().anyMatch(key -> key.startsWith(beginning) && get(key) != null);
  }

  private void put(String key, String text, Duration ttl) {
    remember();
    values.put(key, new Value(text, world.millis() + ttl.toMillis()));
  }

  private void remember() {
    before.addFirst(new TreeMap<>(values));
    if (before.size() > REMEMBERED) {
      before.removeLast();
    }
  }

  /** All values are lost. */
  void clear() {
    values = new TreeMap<>();
  }

  /** How many older states can be gone back to. */
  int states() {
    return before.size();
  }

  /** Goes back to an older state; 0 for the latest. */
  void goBack(int state) {
    List<Map<String, Value>> states = new ArrayList<>(before);
    values = new TreeMap<>(states.get(state));
  }
}
