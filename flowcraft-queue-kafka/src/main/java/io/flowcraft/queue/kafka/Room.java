package io.flowcraft.queue.kafka;

import java.util.concurrent.atomic.AtomicInteger;

/** How many more deliveries a subscription may open. Thread-safe. */
final class Room {

  private final AtomicInteger free;

  Room(int size) {
    this.free = new AtomicInteger(size);
  }

  /** Takes a place if there is one. */
  boolean tryTake() {
    int now = free.get();
    while (now > 0) {
      if (free.compareAndSet(now, now - 1)) {
        return true;
      }
      now = free.get();
    }
    return false;
  }

  /** Gives a place back. */
  void giveBack() {
    free.incrementAndGet();
  }

  /** Whether a place is free, at this moment. */
  boolean isThere() {
    return free.get() > 0;
  }
}
