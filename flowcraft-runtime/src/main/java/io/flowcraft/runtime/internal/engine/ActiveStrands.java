package io.flowcraft.runtime.internal.engine;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The strands of this process that are at work on a run. They are a list through the strands
 * themselves: each node of a wide fan enters and leaves, on all threads at once, and one lock for
 * everything is cheaper than concurrent collections.
 */
final class ActiveStrands {

  private @Nullable Strand first;
  private int count;
  private long entered;

  /**
   * A strand begins its work.
   *
   * @return its number, which no other strand of this run in this process has
   */
  synchronized long enter(Strand strand) {
    Strand next = first;
    strand.next = next;
    if (next != null) {
      next.previous = strand;
    }
    first = strand;
    count++;
    return ++entered;
  }

  /** A strand has done its work; whether nobody else is at work. */
  synchronized boolean leave(Strand strand) {
    Strand before = strand.previous;
    Strand behind = strand.next;
    if (before == null) {
      first = behind;
    } else {
      before.next = behind;
    }
    if (behind != null) {
      behind.previous = before;
    }
    strand.previous = null;
    strand.next = null;
    return --count == 0;
  }

  /** Somebody who is no strand keeps the run from coming to rest. */
  synchronized void hold() {
    count++;
  }

  /** Takes back a {@link #hold}; whether nobody is at work. */
  synchronized boolean release() {
    return --count == 0;
  }

  /** Whether nobody is at work. */
  synchronized boolean isEmpty() {
    return count == 0;
  }

  /** Those at work at the moment. */
  synchronized List<Strand> list() {
    List<Strand> all = new ArrayList<>(count);
    for (Strand strand = first; strand != null; strand = strand.next) {
      all.add(strand);
    }
    return all;
  }
}
