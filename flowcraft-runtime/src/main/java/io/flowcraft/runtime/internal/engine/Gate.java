package io.flowcraft.runtime.internal.engine;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** Lets at most so many nodes of a run execute at a time; the others wait in order. */
final class Gate {

  private final int limit;
  private final Deque<Due> waiting = new ArrayDeque<>();
  private int inside;

  /** A gate with a limit; 0 for none. */
  Gate(int limit) {
    this.limit = limit;
  }

  boolean isOpen() {
    return limit == 0;
  }

  /** Lets an instance in, or makes it wait behind the others. */
  synchronized boolean enter(Due due) {
    if (inside < limit && waiting.isEmpty()) {
      inside++;
      return true;
    }
    waiting.add(due);
    return false;
  }

  /** Somebody leaves: the next one takes the place, or it stays empty. */
  synchronized @Nullable Due leave() {
    Due next = waiting.poll();
    if (next == null) {
      inside--;
    }
    return next;
  }

  /** Nobody else will be let in; how many were waiting. */
  synchronized int clear() {
    int count = waiting.size();
    waiting.clear();
    return count;
  }
}
