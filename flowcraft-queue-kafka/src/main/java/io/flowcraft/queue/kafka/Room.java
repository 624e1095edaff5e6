package io.flowcraft.queue.kafka;

/** How many more deliveries a subscription may open. Thread-safe. */
final class Room {

  private static final long LOOK_MILLIS = 100;

  private int free;

  Room(int size) {
    this.free = size;
  }

  /** Takes this many places, or none. */
  synchronized boolean tryTake(int places) {
    if (free < places) {
      return false;
    }
    free -= places;
    return true;
  }

  /** Waits until this many places may be free, or the time is over. */
  synchronized void await(int places, long millis) throws InterruptedException {
    for (long left = millis; free < places && left > 0; left -= LOOK_MILLIS) {
      wait(LOOK_MILLIS);
    }
  }

  /** Takes places whether they are free or not: for what has come without being asked for. */
  synchronized void force(int places) {
    free -= places;
  }

  /** Gives places back. */
  synchronized void giveBack(int places) {
    free += places;
    notifyAll();
  }

  /** Whether a place is free, at this moment. */
  synchronized boolean isThere() {
    return free > 0;
  }
}
