package io.flowcraft.runtime.internal.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The strands of this process that are at work on a run. The nodes of a wide fan come and go on all
 * threads at once; so that they do not queue up here, each thread finds the lock of a lane of its
 * own, and only the count is everybody's.
 */
final class ActiveStrands {

  private static final int LANES = 8;

  private final AtomicInteger count = new AtomicInteger();
  private final AtomicReferenceArray<@Nullable Lane> lanes = new AtomicReferenceArray<>(LANES);

  /**
   * A strand begins its work.
   *
   * @return a text that no other strand of this run in this process has got
   */
  String enter(Strand strand) {
    count.incrementAndGet();
    int index = (int) Thread.currentThread().getId() & (LANES - 1);
    Lane lane = lanes.get(index);
    if (lane == null) {
      Lane fresh = new Lane(Integer.toString(index) + '.');
      Lane earlier = lanes.compareAndExchange(index, null, fresh);
      lane = earlier == null ? fresh : earlier;
    }
    return lane.add(strand);
  }

  /** A strand has done its work; whether nobody else is at work. */
  boolean leave(Strand strand) {
    Lane lane = strand.lane;
    if (lane != null) {
      lane.remove(strand);
    }
    return count.decrementAndGet() == 0;
  }

  /** Somebody who is no strand keeps the run from coming to rest. */
  void hold() {
    count.incrementAndGet();
  }

  /** Takes back a {@link #hold}; whether nobody is at work. */
  boolean release() {
    return count.decrementAndGet() == 0;
  }

  /** Whether nobody is at work. */
  boolean isEmpty() {
    return count.get() == 0;
  }

  /** How many instances those have decided who have left. */
  long won() {
    long won = 0;
    for (int i = 0; i < LANES; i++) {
      Lane lane = lanes.get(i);
      won += lane == null ? 0 : lane.won();
    }
    return won;
  }

  /** Those at work at the moment. */
  List<Strand> list() {
    List<Strand> all = new ArrayList<>();
    for (int i = 0; i < LANES; i++) {
      Lane lane = lanes.get(i);
      if (lane != null) {
        lane.addTo(all);
      }
    }
    return all;
  }

  /** A list through the strands themselves, which can begin on one thread and end on another. */
  static final class Lane {

    private final String name;
    private @Nullable Strand first;
    private long entered;
    private long won;

    Lane(String name) {
      this.name = name;
    }

    private synchronized String add(Strand strand) {
      Strand next = first;
      strand.lane = this;
      strand.next = next;
      if (next != null) {
        next.previous = strand;
      }
      first = strand;
      return name + ++entered;
    }

    private synchronized void remove(Strand strand) {
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
      won += strand.wins();
    }

    private synchronized long won() {
      return won;
    }

    private synchronized void addTo(List<Strand> all) {
      for (Strand strand = first; strand != null; strand = strand.next) {
        all.add(strand);
      }
    }
  }
}
