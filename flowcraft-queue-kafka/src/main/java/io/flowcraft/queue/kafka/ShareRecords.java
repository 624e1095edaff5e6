package io.flowcraft.queue.kafka;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * The records that a share consumer has acquired and not told Kafka the end of. The polling thread
 * owns them; other threads only settle.
 */
final class ShareRecords {

  private final Thread poller = Thread.currentThread();
  private final AtomicInteger unsettled = new AtomicInteger();
  private final Map<Place, Slot> slots = new LinkedHashMap<>();

  /** Where a record is. */
  private record Place(int partition, long offset) {

    static Place of(ConsumerRecord<?, ?> content) {
      return new Place(content.partition(), content.offset());
    }
  }

  /** One record. */
  final class Slot implements Keeper, Backlog.Waiting {

    private final ConsumerRecord<byte[], byte[]> content;
    private @Nullable KafkaDelivery delivery;
    private volatile boolean begun;

    /** When its renewal was asked for; negative while the consumer lets us acknowledge it. */
    private long awaySince = -1;

    private final AtomicBoolean counted = new AtomicBoolean();
    private volatile boolean settled;

    private Slot(ConsumerRecord<byte[], byte[]> content) {
      this.content = content;
    }

    /** What is to be delivered; until then the record holds none. */
    void holds(KafkaDelivery held) {
      delivery = held;
    }

    @Override
    public KafkaDelivery delivery() {
      return Objects.requireNonNull(delivery);
    }

    @Override
    public void begins() {
      begun = true;
    }

    @Override
    public boolean isLost() {
      return false;
    }

    @Override
    public void settle() {
      settled = true;
      count();
    }

    private void count() {
      if (counted.compareAndSet(false, true) && unsettled.decrementAndGet() == 0) {
        LockSupport.unpark(poller);
      }
    }

    private boolean isInHand() {
      return awaySince < 0;
    }
  }

  /** The slot of a record that has come; null if it was known, and came back from a renewal. */
  @Nullable Slot arrived(ConsumerRecord<byte[], byte[]> content) {
    Place place = Place.of(content);
    Slot known = slots.get(place);
    if (known != null) {
      known.awaySince = -1;
      return null;
    }
    Slot slot = new Slot(content);
    slots.put(place, slot);
    unsettled.incrementAndGet();
    return slot;
  }

  /** Whether nothing that is in hand waits for its job. */
  boolean areSettled() {
    return unsettled.get() == 0
        || slots.values().stream().allMatch(slot -> slot.settled || !slot.isInHand());
  }

  /** Whether nothing is open: what has not begun can be left to others. */
  boolean areQuiet() {
    return slots.values().stream().allMatch(slot -> slot.settled || !slot.begun);
  }

  /** How many wait for their job to end. */
  int open() {
    return unsettled.get();
  }

  boolean areAway() {
    return slots.values().stream().anyMatch(slot -> !slot.isInHand());
  }

  /** Tells of each settled record in hand, and forgets it. */
  void takeSettled(Consumer<ConsumerRecord<byte[], byte[]>> action) {
    for (Iterator<Slot> each = slots.values().iterator(); each.hasNext(); ) {
      Slot slot = each.next();
      if (slot.settled && slot.isInHand()) {
        each.remove();
        action.accept(slot.content);
      }
    }
  }

  /** Renews each record in hand. Those for which the action fails are forgotten. */
  void renew(long now, Predicate<ConsumerRecord<byte[], byte[]>> action) {
    for (Iterator<Slot> each = slots.values().iterator(); each.hasNext(); ) {
      Slot slot = each.next();
      if (!slot.isInHand()) {
        continue;
      }
      if (action.test(slot.content)) {
        slot.awaySince = now;
      } else {
        each.remove();
        slot.count();
      }
    }
  }

  /** Forgets what has not come back in time: its lock is lost, another consumer has the record. */
  int forgetLost(long now, long lockMillis) {
    int lost = 0;
    for (Iterator<Slot> each = slots.values().iterator(); each.hasNext(); ) {
      Slot slot = each.next();
      if (!slot.isInHand() && now - slot.awaySince >= lockMillis) {
        each.remove();
        slot.count();
        lost++;
      }
    }
    return lost;
  }

  /** Lets claims guard what is open. */
  void claimOpen() {
    for (Slot slot : slots.values()) {
      if (slot.begun && !slot.settled) {
        slot.delivery().claim();
      }
    }
  }
}
