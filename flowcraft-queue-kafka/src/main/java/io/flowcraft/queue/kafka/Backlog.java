package io.flowcraft.queue.kafka;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/**
 * Deliveries that have been polled and wait for room. The polling thread adds; whoever ends a
 * delivery begins the next.
 */
final class Backlog {

  private final Intake intake;
  private final Queue<Waiting> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicInteger size = new AtomicInteger();

  Backlog(Intake intake) {
    this.intake = intake;
  }

  /** A record whose delivery has not begun. */
  interface Waiting {

    /** The delivery. */
    KafkaDelivery delivery();

    /** Told right before the delivery begins. */
    void begins();

    /** Whether the record has gone to another consumer, so that the delivery must not begin. */
    boolean isLost();
  }

  void add(Waiting next) {
    size.incrementAndGet();
    waiting.add(next);
  }

  int size() {
    return size.get();
  }

  /** Begins what waits, as far as there is room. Any thread. */
  void fill() {
    Room room = intake.room();
    while (!waiting.isEmpty() && room.tryTake()) {
      Waiting next = waiting.poll();
      if (next != null) {
        size.decrementAndGet();
      }
      if (next == null || intake.isClosed() || next.isLost()) {
        room.giveBack();
      } else {
        next.begins();
        intake.begin(next.delivery());
      }
    }
  }

  /** Takes out what a test finds. */
  void removeIf(Predicate<Waiting> test) {
    waiting.removeIf(
        next -> {
          boolean removes = test.test(next);
          if (removes) {
            size.decrementAndGet();
          }
          return removes;
        });
  }
}
