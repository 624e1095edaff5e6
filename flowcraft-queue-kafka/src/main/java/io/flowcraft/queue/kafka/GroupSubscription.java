package io.flowcraft.queue.kafka;

import io.flowcraft.spi.TimeSource;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A subscription in consumer mode: one thread polls, tracks per partition what is settled, and
 * commits. What lasts longer than a moment gets a claim to guard it, so that neither a commit nor a
 * rebalance has to wait for it.
 */
final class GroupSubscription extends Poller
    implements KafkaSubscription, ConsumerRebalanceListener {

  private static final Logger log = LoggerFactory.getLogger(GroupSubscription.class);

  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration CLOSE = Duration.ofSeconds(5);
  private static final long COMMIT_EVERY_MILLIS = 100;
  private static final long CLAIM_AFTER_MILLIS = 2_000;
  private static final long SETTLE_MILLIS = 3_000;
  private static final long LOOK_MILLIS = 2;

  private final Intake intake;
  private final ClientConfigs configs;
  private final Runnable prepare;
  private final String topic;
  private final int records;
  private final Map<TopicPartition, PartitionWindow> windows = new HashMap<>();

  private final Backlog backlog;

  /** Whether new records are held back; the polling thread's own. */
  private boolean paused;

  /** Whether somebody should wake the polling thread when there is room. */
  private volatile boolean waitsForRoom;

  private volatile @Nullable Consumer<byte[], byte[]> consumer;
  private long lastCommit;

  /**
   * A subscription that has not begun.
   *
   * @param prepare makes the settings of the group, if there are any
   */
  GroupSubscription(
      Intake intake,
      ClientConfigs configs,
      KafkaSettings settings,
      Runnable prepare,
      TimeSource time) {
    super("flowcraft-poll-" + settings.names().jobs(), time);
    this.intake = intake;
    this.backlog = new Backlog(intake);
    this.configs = configs;
    this.prepare = prepare;
    this.topic = settings.names().jobs();
    this.records = Math.min(intake.size(), ClientConfigs.LARGEST_POLL);
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
    Consumer<byte[], byte[]> current = consumer;
    if (current != null) {
      current.wakeup();
    }
  }

  @Override
  void poll() {
    prepare.run();
    Consumer<byte[], byte[]> opened = new KafkaConsumer<>(configs.consumer(records));
    try {
      opened.subscribe(List.of(topic), this);
      consumer = opened;
      while (!isClosed()) {
        turn(opened);
      }
    } finally {
      end(opened);
    }
  }

  private void turn(Consumer<byte[], byte[]> from) {
    holdBack(from);
    try {
      for (ConsumerRecord<byte[], byte[]> next : from.poll(POLL)) {
        take(next);
      }
    } catch (WakeupException e) {
      // There is room again, or the subscription is closed.
    }
    backlog.fill();
    long now = now();
    if (now - lastCommit >= COMMIT_EVERY_MILLIS) {
      lastCommit = now;
      windows.values().forEach(window -> window.claimOpenSince(now - CLAIM_AFTER_MILLIS));
      commit(from);
    }
  }

  /** Polls nothing new while enough waits. */
  private void holdBack(Consumer<byte[], byte[]> from) {
    if (isFull()) {
      from.pause(from.assignment());
      paused = true;
      waitsForRoom = true;
      if (isFull()) {
        return;
      }
      waitsForRoom = false;
    }
    if (paused) {
      paused = false;
      from.resume(from.paused());
    }
  }

  private boolean isFull() {
    return backlog.size() > records / 2;
  }

  private void take(ConsumerRecord<byte[], byte[]> next) {
    PartitionWindow window =
        windows.computeIfAbsent(
            new TopicPartition(next.topic(), next.partition()),
            partition -> new PartitionWindow(null));
    PartitionWindow.Entry entry = window.add(next, now());
    KafkaDelivery delivery = intake.read(next, window.earlierDeliveries(next), entry);
    if (delivery != null) {
      entry.holds(delivery);
      backlog.add(entry);
    }
  }

  private void onRoom() {
    backlog.fill();
    if (waitsForRoom && !isFull()) {
      waitsForRoom = false;
      wakeUp();
    }
  }

  private void commit(Consumer<byte[], byte[]> to) {
    Map<TopicPartition, OffsetAndMetadata> offsets = offsets(windows.keySet());
    if (!offsets.isEmpty()) {
      to.commitAsync(
          offsets,
          (committed, error) -> {
            if (error != null) {
              log.debug("Offsets of {} were not committed; trying again.", topic, error);
              forgetCommits(offsets.keySet());
            }
          });
    }
  }

  private Map<TopicPartition, OffsetAndMetadata> offsets(Collection<TopicPartition> of) {
    Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    for (TopicPartition partition : of) {
      PartitionWindow window = windows.get(partition);
      OffsetAndMetadata offset = window == null ? null : window.commit();
      if (offset != null) {
        offsets.put(partition, offset);
      }
    }
    return offsets;
  }

  private void forgetCommits(Set<TopicPartition> of) {
    for (TopicPartition partition : of) {
      PartitionWindow window = windows.get(partition);
      if (window != null) {
        window.forgetCommit();
      }
    }
  }

  @Override
  public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
    Consumer<byte[], byte[]> from = consumer;
    if (from == null || partitions.isEmpty()) {
      return;
    }
    Map<TopicPartition, OffsetAndMetadata> committed = new HashMap<>();
    try {
      committed.putAll(from.committed(new HashSet<>(partitions), CLOSE));
    } catch (KafkaException e) {
      log.debug("Deliveries of {} can't be counted exactly.", topic, e);
    }
    partitions.forEach(
        partition -> windows.put(partition, new PartitionWindow(committed.get(partition))));
  }

  @Override
  public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
    Consumer<byte[], byte[]> from = consumer;
    if (from != null) {
      handOver(from, partitions);
    }
    partitions.forEach(windows::remove);
  }

  @Override
  public void onPartitionsLost(Collection<TopicPartition> partitions) {
    lose(partitions);
    partitions.forEach(windows::remove);
  }

  private void lose(Collection<TopicPartition> partitions) {
    for (TopicPartition partition : partitions) {
      PartitionWindow window = windows.get(partition);
      if (window != null) {
        window.lose();
      }
    }
  }

  /** Drops what waits, lets claims guard what is open, and commits as much as then can be. */
  private void handOver(Consumer<byte[], byte[]> from, Collection<TopicPartition> partitions) {
    lose(partitions);
    // Whoever has the partition next gets what has not begun.
    backlog.removeIf(Backlog.Waiting::isLost);
    Set<PartitionWindow> given = new HashSet<>();
    for (TopicPartition partition : partitions) {
      PartitionWindow window = windows.get(partition);
      if (window != null) {
        window.claimOpen();
        given.add(window);
      }
    }
    long until = now() + SETTLE_MILLIS;
    while (now() < until && !given.stream().allMatch(PartitionWindow::isQuiet)) {
      LockSupport.parkNanos(this, TimeUnit.MILLISECONDS.toNanos(LOOK_MILLIS));
    }
    commitNow(from, offsets(partitions));
  }

  private void commitNow(
      Consumer<byte[], byte[]> to, Map<TopicPartition, OffsetAndMetadata> offsets) {
    if (offsets.isEmpty()) {
      return;
    }
    for (int tries = 0; tries < 2; tries++) {
      try {
        to.commitSync(offsets, CLOSE);
        return;
      } catch (WakeupException e) {
        // The call that this was meant for has ended before.
      } catch (KafkaException e) {
        log.debug("Offsets of {} were not committed; jobs are delivered again.", topic, e);
        return;
      }
    }
  }

  private void end(Consumer<byte[], byte[]> from) {
    try {
      handOver(from, Set.copyOf(windows.keySet()));
      windows.clear();
    } finally {
      consumer = null;
      from.close(CloseOptions.timeout(CLOSE));
    }
  }
}
