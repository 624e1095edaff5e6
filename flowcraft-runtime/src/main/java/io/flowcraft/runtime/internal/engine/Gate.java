package io.flowcraft.runtime.internal.engine;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Lets at most so many strands of a run be at work in this process; the others wait in order, with
 * the jobs that they do.
 */
final class Gate {

  private static final Deque<Strand> NOBODY = new ArrayDeque<>(0);
  private static final Gate OPEN = new Gate(0);

  private final int limit;
  private final Deque<Strand> waiting;
  private int inside;

  private Gate(int limit) {
    this.limit = limit;
    this.waiting = limit == 0 ? NOBODY : new ArrayDeque<>();
  }

  /** A gate with a limit; 0 for none. */
  static Gate of(int limit) {
    return limit == 0 ? OPEN : new Gate(limit);
  }

  /** Lets a strand in, or makes it wait behind the others. */
  boolean enter(Strand strand) {
    if (limit == 0) {
      return true;
    }
    synchronized (this) {
      if (inside < limit && waiting.isEmpty()) {
        inside++;
        return true;
      }
      waiting.add(strand);
      return false;
    }
  }

  /**
   * Somebody leaves, if inside: the next one, if any, takes the place.
   *
   * @return whether it is inside now
   */
  boolean leave(boolean isInside) {
    if (limit == 0 || !isInside) {
      return false;
    }
    Strand next;
    synchronized (this) {
      next = waiting.poll();
      if (next == null) {
        inside--;
      }
    }
    if (next != null) {
      next.admit();
    }
    return false;
  }

  /** Whether somebody waits for a place. */
  boolean isCrowded() {
    if (limit == 0) {
      return false;
    }
    synchronized (this) {
      return !waiting.isEmpty();
    }
  }

  /** Those who wait, who do so no longer: they get places beyond the limit. */
  List<Strand> clear() {
    if (limit == 0) {
      return List.of();
    }
    synchronized (this) {
      List<Strand> all = List.copyOf(waiting);
      waiting.clear();
      inside += all.size();
      return all;
    }
  }
}
