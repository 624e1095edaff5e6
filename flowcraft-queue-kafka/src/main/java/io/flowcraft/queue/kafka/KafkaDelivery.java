package io.flowcraft.queue.kafka;

import io.flowcraft.spi.Delivery;
import io.flowcraft.spi.Job;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A job in the hands of the handler, and the task that brings it there.
 *
 * <p>Two things end at different times: the delivery, when somebody calls one of its three endings,
 * and the guard that brings the job back should this process die. The guard is the record itself,
 * until it is settled, or a claim that took its place.
 */
final class KafkaDelivery implements Delivery, Runnable {

  private static final Logger log = LoggerFactory.getLogger(KafkaDelivery.class);

  /** What brings the job back should this process die. */
  private enum Guard {
    RECORD,
    RECORD_AND_SOON_CLAIM,
    CLAIM,
    NONE
  }

  private final Intake intake;
  private final ConsumerRecord<byte[], byte[]> source;
  private final Job job;
  private final int deliveryCount;
  private final Keeper keeper;
  private final AtomicBoolean ended = new AtomicBoolean();
  private final long arrivedAt;
  private volatile long lastSignOfLife;
  private long claimedAt;

  /** Guarded by this object, like all changes of guard. */
  private Guard guard = Guard.RECORD;

  /** Whether the job needs no guard any more. Guarded by this object. */
  private boolean done;

  private byte[] claim = {};

  KafkaDelivery(
      Intake intake,
      ConsumerRecord<byte[], byte[]> source,
      Job job,
      int deliveryCount,
      Keeper keeper) {
    this.intake = intake;
    this.source = source;
    this.job = job;
    this.deliveryCount = deliveryCount;
    this.keeper = keeper;
    this.arrivedAt = intake.now();
  }

  @Override
  public void run() {
    if (intake.isClosed()) {
      giveBack();
      return;
    }
    lastSignOfLife = intake.now();
    try {
      intake.handle(this);
    } catch (RuntimeException | Error e) {
      // A handler that breaks down has not done the job: somebody else may.
      log.warn("A job of run {} broke its handler; it is released.", job.runId(), e);
      release();
    }
  }

  /** The delivery is about to begin. */
  void begin() {
    lastSignOfLife = intake.now();
  }

  @Override
  public Job job() {
    return job;
  }

  @Override
  public int deliveryCount() {
    return deliveryCount;
  }

  /** By the clocks of whoever sent the record and of this process. */
  @Override
  public long queuedMillis() {
    return Math.max(0, arrivedAt - source.timestamp());
  }

  @Override
  public void acknowledge() {
    if (ends()) {
      settle();
    }
  }

  @Override
  public void release() {
    if (ends()) {
      handOn(deliveryCount, source.key());
    }
  }

  /** The delivery has begun and not reached the handler: the job goes to others, uncounted. */
  private void giveBack() {
    if (ends()) {
      handOn(deliveryCount - 1, null);
    }
  }

  /**
   * The delivery has not begun, and there is no room for it here. Without its key the job gets
   * another partition, and so perhaps another worker.
   */
  void handOver() {
    if (ended.compareAndSet(false, true)) {
      handOn(deliveryCount - 1, null);
    }
  }

  /** The executor has refused the delivery. */
  void refused() {
    giveBack();
  }

  @Override
  public void reject(String reason) {
    if (ends()) {
      intake
          .post()
          .deadLetter(source, reason, deliveryCount)
          .whenComplete(
              (arrived, error) -> {
                if (error == null) {
                  settle();
                }
              });
    }
  }

  /** Gives the job to somebody else if its consumer has shown no sign of life for too long. */
  void checkTime(long now, long limitMillis) {
    if (now - lastSignOfLife >= limitMillis && ends()) {
      log.warn(
          "Job {} of run {} was neither ended nor extended within {} ms; it is delivered again.",
          job.instance(),
          job.runId(),
          limitMillis);
      handOn(deliveryCount, source.key());
    }
  }

  @Override
  public void extend() {
    long now = intake.now();
    lastSignOfLife = now;
    synchronized (this) {
      if (guard == Guard.CLAIM && now - claimedAt >= intake.limitMillis() / 4) {
        claimedAt = now;
        writeClaim();
      }
    }
  }

  private boolean ends() {
    if (!ended.compareAndSet(false, true)) {
      return false;
    }
    intake.left(this);
    return true;
  }

  /**
   * A record of its own follows this one. Kafka's own release would count towards a limit of
   * deliveries behind which the record is gone.
   */
  private void handOn(int deliveries, byte @Nullable [] key) {
    intake
        .post()
        .again(key, source.value(), source.headers(), deliveries)
        .whenComplete(
            (arrived, error) -> {
              if (error == null) {
                settle();
              }
            });
  }

  /** Nothing has to bring the job back any more. */
  private void settle() {
    boolean keeperWaits;
    synchronized (this) {
      done = true;
      if (guard == Guard.CLAIM) {
        intake.post().endClaim(claim);
        guard = Guard.NONE;
      }
      keeperWaits = guard == Guard.RECORD;
      if (keeperWaits) {
        guard = Guard.NONE;
      }
    }
    if (keeperWaits) {
      keeper.settle();
    }
  }

  /** Lets a claim guard the job instead of the record, which somebody waits for. */
  synchronized void claim() {
    if (guard != Guard.RECORD) {
      return;
    }
    guard = Guard.RECORD_AND_SOON_CLAIM;
    claim = UUID.randomUUID().toString().getBytes(StandardCharsets.UTF_8);
    claimedAt = intake.now();
    intake
        .post()
        .claim(claim, JobCodec.withDeliveries(source.value(), deliveryCount), source.headers())
        .whenComplete((arrived, error) -> claimed(error == null));
  }

  private void claimed(boolean arrived) {
    boolean recordIsFree;
    synchronized (this) {
      recordIsFree = arrived || done;
      if (arrived && done) {
        intake.post().endClaim(claim);
      }
      guard = done ? Guard.NONE : arrived ? Guard.CLAIM : Guard.RECORD;
    }
    if (recordIsFree) {
      keeper.settle();
    }
  }

  private void writeClaim() {
    // Should it not arrive, the next sign of life brings the next one.
    intake
        .post()
        .claim(claim, JobCodec.withDeliveries(source.value(), deliveryCount), source.headers());
  }
}
