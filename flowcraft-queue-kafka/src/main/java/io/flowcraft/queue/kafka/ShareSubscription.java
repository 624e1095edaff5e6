package io.flowcraft.queue.kafka;

import io.flowcraft.spi.TimeSource;
import java.time.Duration;
import java.util.List;
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
 * A subscription in share mode: one thread polls a share consumer.
 *
 * <p>A share consumer gives nothing new before everything that it gave has been acknowledged, be it
 * by a renewal, and nothing new either while anything is being renewed. So the thread takes a batch
 * and waits for it. What is not done after a moment gets a claim to guard it, if there is room for
 * more, and the next batch comes. Without room there is nothing to hurry for, and the records are
 * renewed as long as it takes.
 */
final class ShareSubscription extends Poller implements KafkaSubscription {

  private static final Logger log = LoggerFactory.getLogger(ShareSubscription.class);

  private static final Duration POLL = Duration.ofSeconds(1);
  private static final Duration RENEWAL_POLL = Duration.ofMillis(100);
  private static final Duration CLOSE = Duration.ofSeconds(5);
  private static final int RENEWAL_POLLS = 50;
  private static final int DEFAULT_LOCK_MILLIS = 30_000;

  /** So often it looks who is still at work. */
  private static final long LOOK_MILLIS = 20;

  /** After this time a job is not waited for any more, if there is room for others. */
  private static final long STRAGGLER_MILLIS = 200;

  /** Nor is one that takes so many times longer than half of those that came with it. */
  private static final int STRAGGLER_TIMES = 4;

  /** After this time without room, jobs that have not begun are handed on to whoever has some. */
  private static final long HAND_ON_MILLIS = 1_000;

  /** Kafka drops a record after five deliveries; before that, it gets a claim at once. */
  private static final int DELIVERIES_AT_RISK = 3;

  private final Intake intake;
  private final ClientConfigs configs;
  private final String topic;
  private final Runnable prepare;
  private final Backlog backlog;
  private volatile @Nullable ShareConsumer<byte[], byte[]> consumer;

  /** Whether the polling thread wants to be told of room. */
  private volatile boolean waitsForRoom;

  /**
   * A subscription that has not begun.
   *
   * @param prepare makes the settings of the group, before its first member joins
   */
  ShareSubscription(
      Intake intake,
      ClientConfigs configs,
      KafkaSettings settings,
      Runnable prepare,
      TimeSource time) {
    super("flowcraft-poll-" + settings.names().jobs(), time);
    this.intake = intake;
    this.configs = configs;
    this.topic = settings.names().jobs();
    this.prepare = prepare;
    this.backlog = new Backlog(intake);
    intake.whenRoom(this::onRoom);
  }

  @Override
  public void checkTimes() {
    intake.checkTimes();
  }

  @Override
  public void close() {
    intake.close();
    super.close();
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
    prepare.run();
    ShareConsumer<byte[], byte[]> opened = new KafkaShareConsumer<>(configs.share(intake.size()));
    try {
      opened.setAcknowledgementCommitCallback(
          (offsets, error) -> {
            if (error != null) {
              log.debug("{}: acknowledgements were lost; their jobs come again.", name(), error);
            }
          });
      opened.subscribe(List.of(topic));
      consumer = opened;
      ShareRecords records = new ShareRecords();
      while (!isClosed()) {
        if (intake.room().isThere() || records.areAway()) {
          take(records, opened.poll(POLL));
          finish(opened, records);
        } else {
          opened.commitAsync();
          awaitRoom();
        }
      }
    } finally {
      consumer = null;
      backlog.removeIf(waiting -> true);
      // Tells Kafka of what has been acknowledged, and gives back the rest.
      opened.close(CLOSE);
    }
  }

  private void onRoom() {
    backlog.fill();
    if (waitsForRoom) {
      waitsForRoom = false;
      LockSupport.unpark(thread());
    }
  }

  private void awaitRoom() {
    waitsForRoom = true;
    if (!intake.room().isThere() && !isClosed()) {
      LockSupport.parkNanos(this, POLL.toNanos());
    }
    waitsForRoom = false;
  }

  private void take(ShareRecords records, ConsumerRecords<byte[], byte[]> polled) {
    for (ConsumerRecord<byte[], byte[]> next : polled) {
      ShareRecords.Slot slot = records.arrived(next);
      if (slot == null) {
        // Known: it comes back from a renewal.
        continue;
      }
      int earlier = next.deliveryCount().map(count -> count - 1).orElse(0);
      KafkaDelivery delivery = intake.read(next, earlier, slot);
      if (delivery != null) {
        slot.holds(delivery);
        if (earlier + 1 >= DELIVERIES_AT_RISK) {
          delivery.claim();
        }
        backlog.add(slot);
        backlog.fill();
      }
    }
  }

  /** Waits until nothing depends on the records in hand. */
  private void finish(ShareConsumer<byte[], byte[]> from, ShareRecords records) {
    long lock = from.acquisitionLockTimeoutMs().orElse(DEFAULT_LOCK_MILLIS);
    long began = now();
    long renewed = began;
    long look = began + LOOK_MILLIS;
    long patience = STRAGGLER_MILLIS;
    int half = records.open() / 2;
    long giveUp = Long.MAX_VALUE;
    while (!isOver(records) && now() < giveUp) {
      long now = now();
      if (isClosed() && giveUp == Long.MAX_VALUE) {
        giveUp = now + CLOSE.toMillis();
        backlog.removeIf(waiting -> true);
      }
      if (now - renewed >= lock / 2) {
        renewed = now;
        renew(from, records);
      } else if (now >= look || isClosed()) {
        look = now + LOOK_MILLIS;
        if (records.open() <= half) {
          half = -1;
          patience = Math.min(patience, STRAGGLER_TIMES * (now - began));
        }
        if (now - began >= patience || isClosed()) {
          tell(from, records);
          from.commitAsync();
          hurry(records, now - began);
        }
      }
      if (!isOver(records)) {
        LockSupport.parkNanos(records, TimeUnit.MILLISECONDS.toNanos(LOOK_MILLIS));
      }
    }
    tell(from, records);
    int lost = records.forgetLost(now(), lock);
    if (lost > 0) {
      log.warn("{} has lost the locks of {} records; their jobs come again.", name(), lost);
    }
  }

  private boolean isOver(ShareRecords records) {
    return records.areSettled() || (isClosed() && records.areQuiet());
  }

  private void hurry(ShareRecords records, long waited) {
    if (isClosed() || intake.room().isThere()) {
      records.claimOpen();
    }
    if (waited >= HAND_ON_MILLIS) {
      backlog.removeIf(
          waiting -> {
            waiting.delivery().handOver();
            return true;
          });
    }
  }

  /** Tells the consumer what is done; it goes out with the next poll or commit. */
  private void tell(ShareConsumer<byte[], byte[]> to, ShareRecords records) {
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
  private void renew(ShareConsumer<byte[], byte[]> from, ShareRecords records) {
    tell(from, records);
    records.renew(now(), held -> acknowledge(from, held, AcknowledgeType.RENEW));
    for (int polls = 0; polls < RENEWAL_POLLS; polls++) {
      try {
        ConsumerRecords<byte[], byte[]> back = from.poll(RENEWAL_POLL);
        take(records, back);
        if (!back.isEmpty()) {
          return;
        }
      } catch (WakeupException e) {
        // The subscription is being closed; the records are needed to end them in order.
      }
    }
  }
}
