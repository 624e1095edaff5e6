package io.flowcraft.runtime.internal.engine;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** Lets at most so many nodes of a run execute at a time; the others wait in order. */
final class Gate {

  private static final Deque<Due> NOBODY = new ArrayDeque<>(0);
  private static final Gate OPEN = new Gate(0);

  private final int limit;
  private final Deque<Due> waiting;
  private int inside;

  private Gate(int limit) {
    this.limit = limit;
    this.waiting = limit == 0 ? NOBODY : new ArrayDeque<>();
  }

  /** A gate with a limit; 0 for none. */
  static Gate of(int limit) {
    return limit == 0 ? OPEN : new Gate(limit);
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
