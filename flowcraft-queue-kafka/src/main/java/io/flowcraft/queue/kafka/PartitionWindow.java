package io.flowcraft.queue.kafka;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.jspecify.annotations.Nullable;

/**
 * The records of one partition that a consumer has taken, in order: up to where everything is
 * settled can be committed. The polling thread owns it; other threads only settle.
 */
final class PartitionWindow {

  private final Deque<Entry> entries = new ArrayDeque<>();

  /** The last offset that a consumer before this one has taken; -1 for unknown. */
  private final long takenBefore;

  private long next = -1;
  private long last = -1;
  private long committedNext = -1;
  private long committedLast = -1;
  private volatile boolean lost;

  /**
   * A window on a partition that has just been assigned.
   *
   * @param committed what was committed last; null for nothing
   */
  PartitionWindow(@Nullable OffsetAndMetadata committed) {
    this.takenBefore = committed == null ? -1 : lastTaken(committed.metadata());
  }

  private static long lastTaken(@Nullable String metadata) {
    try {
      return metadata == null || metadata.isEmpty() ? -1 : Long.parseLong(metadata);
    } catch (NumberFormatException e) {
      // Somebody else has committed for this group; it is only about a count.
      return -1;
    }
  }

  /** One record. */
  final class Entry implements Keeper, Backlog.Waiting {

    private final long offset;
    private final long takenAt;
    private @Nullable KafkaDelivery delivery;
    private volatile boolean begun;
    private volatile boolean settled;

    private Entry(long offset, long takenAt) {
      this.offset = offset;
      this.takenAt = takenAt;
    }

    @Override
    public void settle() {
      settled = true;
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
      return lost;
    }

    private boolean isOpen() {
      return begun && !settled;
    }

    private void claim() {
      if (isOpen()) {
        delivery().claim();
      }
    }
  }

  Entry add(ConsumerRecord<?, ?> content, long now) {
    Entry entry = new Entry(content.offset(), now);
    entries.add(entry);
    last = Math.max(last, content.offset());
    return entry;
  }

  /** How often a record has been delivered before, as far as can be known: 0 or 1. */
  int earlierDeliveries(ConsumerRecord<?, ?> content) {
    return content.offset() <= takenBefore ? 1 : 0;
  }

  /** What to commit; null if nothing has changed since the last time. */
  @Nullable OffsetAndMetadata commit() {
    for (Entry first = entries.peek(); first != null && first.settled; first = entries.peek()) {
      next = first.offset + 1;
      entries.remove();
    }
    Entry first = entries.peek();
    if (next < 0 && first != null) {
      next = first.offset;
    }
    if (next < 0 || (next == committedNext && last == committedLast)) {
      return null;
    }
    committedNext = next;
    committedLast = last;
    return new OffsetAndMetadata(next, Long.toString(Math.max(last, takenBefore)));
  }

  /** The last commit has failed; the next one tries again. */
  void forgetCommit() {
    committedNext = -1;
  }

  /** Whether nothing is open. */
  boolean isQuiet() {
    return entries.stream().noneMatch(Entry::isOpen);
  }

  /** Lets claims guard what is open. */
  void claimOpen() {
    entries.forEach(Entry::claim);
  }

  /** Lets claims guard what is open and was taken before a time. */
  void claimOpenSince(long time) {
    for (Entry entry : entries) {
      if (entry.takenAt > time) {
        return;
      }
      entry.claim();
    }
  }

  /** The partition goes to somebody else, with all records that have not begun. */
  void lose() {
    lost = true;
  }
}
