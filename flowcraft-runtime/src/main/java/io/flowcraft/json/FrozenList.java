package io.flowcraft.json;

import java.util.AbstractList;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/**
 * A list of normalized values. Its class is the proof that everything below it is normalized too,
 * which is why nobody else can make one.
 */
final class FrozenList extends AbstractList<@Nullable Object> implements RandomAccess {

  static final FrozenList EMPTY = new FrozenList(new Object[0], 2, 1);

  private final @Nullable Object[] elements;
  private final long textLength;
  private final int depth;

  /** Takes the array over: the caller must not keep it. */
  FrozenList(@Nullable Object[] elements, long textLength, int depth) {
    this.elements = elements;
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
  public @Nullable Object get(int index) {
    return elements[index];
  }

  @Override
  public int size() {
    return elements.length;
  }

  @Override
  public @Nullable Object[] toArray() {
    return elements.clone();
  }
}
