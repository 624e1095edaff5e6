package io.flowcraft.json;

import java.util.AbstractMap;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A map of normalized values in insertion order. Its class is the proof that everything below it is
 * normalized too, which is why nobody else can make one.
 */
final class FrozenMap extends AbstractMap<String, @Nullable Object> {

  static final FrozenMap EMPTY = new FrozenMap(new LinkedHashMap<>(), 2, 1);

  private final Map<String, @Nullable Object> members;
  private final long textLength;
  private final int depth;

  /** Takes the map over: the caller must not keep it. */
  FrozenMap(Map<String, @Nullable Object> members, long textLength, int depth) {
    this.members = Collections.unmodifiableMap(members);
    this.textLength = textLength;
    this.depth = depth;
  }

  long textLength() {
    return textLength;
  }

  int depth() {
    return depth;
  }

  @Override
  public Set<Entry<String, @Nullable Object>> entrySet() {
    return members.entrySet();
  }

  @Override
  public Set<String> keySet() {
    return members.keySet();
  }

  @Override
  public int size() {
    return members.size();
  }

  @Override
  public boolean containsKey(@Nullable Object key) {
    return members.containsKey(key);
  }

  @Override
  public @Nullable Object get(@Nullable Object key) {
    return members.get(key);
  }

  @Override
  public void forEach(BiConsumer<? super String, ? super @Nullable Object> action) {
    members.forEach(action);
  }
}
