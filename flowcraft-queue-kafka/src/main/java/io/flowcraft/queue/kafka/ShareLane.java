package io.flowcraft.queue.kafka;

import io.flowcraft.spi.TimeSource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.clients.consumer.ShareConsumer;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One of the consumers that a subscription polls a share group with.
 *
 * <p>A share consumer gives nothing new before everything that it gave has been acknowledged, be it
 * by a renewal, and nothing new either while anything is being renewed. So a lane takes a batch and
 * waits for it, while other lanes take theirs. What is not done after a moment gets a claim to
 * guard it, if the worker has room for more, and the lane goes on. A worker without room has nobody
 * to wait for: it renews.
 */
final class ShareLane extends Poller {

  private static final Logger log = LoggerFactory.getLogger(ShareLane.class);

  private static final Duration POLL = Duration.ofSeconds(1);
  private static final Duration RENEWAL_POLL = Duration.ofMillis(100);
  private static final Duration CLOSE = Duration.ofSeconds(5);
  private static final int RENEWAL_POLLS = 50;
  private static final int DEFAULT_LOCK_MILLIS = 30_000;
  private static final long WAIT_FOR_ROOM_MILLIS = 500;

  /** After this time a lane does not wait for a job any more, if there is room for others. */
  private static final long STRAGGLER_MILLIS = 20;

  /** Kafka drops a record after five deliveries; before that, it gets a claim at once. */
  private static final int DELIVERIES_AT_RISK = 3;

  private final Intake intake;
  private final ShareGroup group;
  private final int size;
  private volatile @Nullable ShareConsumer<byte[], byte[]> consumer;

  /** What all lanes of a subscription share. */
  interface ShareGroup {

    /** Makes the settings of the group, once, before the first lane joins. */
    void prepare();

    /** The configuration of the consumer of a lane. */
    Map<String, Object> config(int size);

    /** The topic of the jobs. */
    String topic();
  }

  ShareLane(String name, Intake intake, ShareGroup group, int size, TimeSource time) {
    super(name, time);
    this.intake = intake;
    this.group = group;
    this.size = size;
  }

  @Override
  void wakeUp() {
    ShareConsumer<byte[], byte[]> current = consumer;
    if (current != null) {
      current.wakeup();
    }
  }

  @Override
  void poll() {
    group.prepare();
    ShareConsumer<byte[], byte[]> opened = new KafkaShareConsumer<>(group.config(size));
    try {
      opened.setAcknowledgementCommitCallback(
          (offsets, error) -> {
            if (error != null) {
              log.debug("{}: acknowledgements were lost; their jobs come again.", name(), error);
            }
          });
      opened.subscribe(List.of(group.topic()));
      consumer = opened;
      LaneRecords records = new LaneRecords();
      while (!isClosed()) {
        takeBatch(opened, records);
      }
    } catch (InterruptedException e) {
      log.debug("{} was interrupted and begins again.", name());
    } finally {
      consumer = null;
      // Tells Kafka of what has been acknowledged, and gives back the rest.
      opened.close(CLOSE);
    }
  }

  private void takeBatch(ShareConsumer<byte[], byte[]> from, LaneRecords records)
      throws InterruptedException {
    Room room = intake.room();
    int places = room.tryTake(size) ? size : 0;
    if (places == 0 && !records.areAway()) {
      from.commitAsync();
      room.await(size, WAIT_FOR_ROOM_MILLIS);
      return;
    }
    int taken = 0;
    try {
      for (ConsumerRecord<byte[], byte[]> next : from.poll(POLL)) {
        if (begin(records, next)) {
          taken++;
        }
      }
    } finally {
      if (taken > places) {
        room.force(taken - places);
      } else {
        room.giveBack(places - taken);
      }
    }
    finish(from, records);
  }

  private boolean begin(LaneRecords records, ConsumerRecord<byte[], byte[]> next) {
    LaneRecords.Slot slot = records.arrived(next);
    if (slot == null) {
      return false;
    }
    int earlier = next.deliveryCount().map(count -> count - 1).orElse(0);
    KafkaDelivery delivery = intake.read(next, earlier, slot);
    slot.delivery = delivery;
    if (delivery == null) {
      return false;
    }
    if (earlier + 1 >= DELIVERIES_AT_RISK) {
      delivery.claim();
    }
    intake.begin(delivery);
    return true;
  }

  /** Waits until nothing depends on the records in hand. */
  private void finish(ShareConsumer<byte[], byte[]> from, LaneRecords records) {
    long lock = from.acquisitionLockTimeoutMs().orElse(DEFAULT_LOCK_MILLIS);
    long renewed = now();
    long straggle = renewed + STRAGGLER_MILLIS;
    long giveUp = Long.MAX_VALUE;
    while (!records.areSettled()) {
      long now = now();
      if (now - renewed >= lock / 2) {
        renewed = now;
        renew(from, records);
      } else if (now >= straggle || isClosed()) {
        straggle = now + STRAGGLER_MILLIS;
        tell(from, records);
        from.commitAsync();
        if (isClosed() || intake.room().isThere()) {
          records.claimRest();
        }
      }
      if (isClosed()) {
        giveUp = Math.min(giveUp, now + CLOSE.toMillis());
        if (now >= giveUp) {
          break;
        }
      }
      if (!records.areSettled()) {
        LockSupport.parkNanos(records, TimeUnit.MILLISECONDS.toNanos(STRAGGLER_MILLIS));
      }
    }
    tell(from, records);
    int lost = records.forgetLost(now(), lock);
    if (lost > 0) {
      log.warn("{} has lost the locks of {} records; their jobs come again.", name(), lost);
    }
  }

  /** Tells the consumer what is done; it goes out with the next poll or commit. */
  private void tell(ShareConsumer<byte[], byte[]> to, LaneRecords records) {
    records.takeSettled(done -> acknowledge(to, done, AcknowledgeType.ACCEPT));
  }

  private boolean acknowledge(
      ShareConsumer<byte[], byte[]> to,
      ConsumerRecord<byte[], byte[]> which,
      AcknowledgeType type) {
    try {
      to.acknowledge(which, type);
      return true;
    } catch (IllegalStateException e) {
      log.debug("{} has lost {}@{}.", name(), which.partition(), which.offset(), e);
      return false;
    }
  }

  /**
   * Makes the locks of all records in hand last longer. The consumer hands them out once more when
   * Kafka has agreed, and we know them by their offsets. If they come back in parts, the rest comes
   * with a later poll.
   */
  private void renew(ShareConsumer<byte[], byte[]> from, LaneRecords records) {
    tell(from, records);
    records.renew(now(), held -> acknowledge(from, held, AcknowledgeType.RENEW));
    for (int polls = 0; polls < RENEWAL_POLLS; polls++) {
      try {
        ConsumerRecords<byte[], byte[]> back = from.poll(RENEWAL_POLL);
        int fresh = 0;
        for (ConsumerRecord<byte[], byte[]> next : back) {
          fresh += begin(records, next) ? 1 : 0;
        }
        intake.room().force(fresh);
        if (!back.isEmpty()) {
          return;
        }
      } catch (WakeupException e) {
        // The lane is being closed; the records are needed to end them in order.
      }
    }
  }
}
