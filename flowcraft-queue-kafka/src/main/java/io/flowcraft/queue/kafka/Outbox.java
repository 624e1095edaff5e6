package io.flowcraft.queue.kafka;

import io.flowcraft.error.ErrorCode;
import io.flowcraft.error.FlowcraftException;
import io.flowcraft.spi.TimeSource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything that a queue writes goes through here, in the order it comes, without ever blocking
 * who brings it: the producer gets as much as it can hold, and the rest waits in a list.
 */
final class Outbox implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Outbox.class);

  /** Well below the memory of the producer (32 MiB), which is counted in batches. */
  private static final long WINDOW = 8 << 20;

  private static final int RECORD_OVERHEAD = 100;
  private static final Duration CLOSE = Duration.ofSeconds(5);
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final Producer<byte[], byte[]> producer;
  private final TimeSource time;
  private final Queue<Parcel> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicLong underWay = new AtomicLong();
  private final AtomicInteger pumping = new AtomicInteger();
  private volatile boolean closed;

  Outbox(Map<String, Object> config, TimeSource time) {
    this.producer = new KafkaProducer<>(config);
    this.time = time;
  }

  /**
   * Learns the partitions of a topic, so that nobody has to wait for them later.
   *
   * @return whether they are known now; asks the cluster if not
   */
  boolean knows(String topic) {
    try {
      return !producer.partitionsFor(topic).isEmpty();
    } catch (TimeoutException e) {
      return false;
    }
  }

  /** Sends records; completes when the cluster has all of them. */
  CompletionStage<Void> send(List<ProducerRecord<byte[], byte[]>> records) {
    if (records.isEmpty()) {
      return CompletableFuture.completedFuture(null);
    }
    Shipment shipment = new Shipment(records.size());
    for (ProducerRecord<byte[], byte[]> sent : records) {
      waiting.add(new Parcel(sent, shipment));
    }
    pump();
    return shipment.arrived;
  }

  /** Sends a record; completes when the cluster has it. */
  CompletionStage<Void> send(ProducerRecord<byte[], byte[]> sent) {
    return send(List.of(sent));
  }

  /**
   * Sends a record that must not get lost as long as this process lives: again and again until the
   * cluster has it. The stage fails only if the outbox is closed before.
   */
  CompletionStage<Void> sendForSure(ProducerRecord<byte[], byte[]> sent) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    attempt(sent, done);
    return done;
  }

  private void attempt(ProducerRecord<byte[], byte[]> sent, CompletableFuture<Void> done) {
    send(sent)
        .whenComplete(
            (arrived, error) -> {
              if (error == null) {
                done.complete(null);
              } else if (closed) {
                done.completeExceptionally(error);
              } else {
                log.warn("A record for {} was not accepted; trying again.", sent.topic(), error);
                time.schedule(PAUSE, () -> attempt(sent, done));
              }
            });
  }

  /** One thread at a time hands over, so that the order stays; the others leave it to that one. */
  private void pump() {
    if (pumping.getAndIncrement() != 0) {
      return;
    }
    int seen = 1;
    do {
      while (underWay.get() < WINDOW) {
        Parcel next = waiting.poll();
        if (next == null) {
          break;
        }
        transmit(next);
      }
      seen = pumping.addAndGet(-seen);
    } while (seen != 0);
  }

  private void transmit(Parcel parcel) {
    if (closed) {
      parcel.shipment.failed(closedException());
      return;
    }
    underWay.addAndGet(parcel.size);
    try {
      // The callback is told everything.
      Future<?> unused =
          producer.send(
              parcel.content,
              (metadata, error) -> {
                if (parcel.returned.compareAndSet(false, true)) {
                  returned(parcel, error);
                }
              });
    } catch (RuntimeException e) {
      if (parcel.returned.compareAndSet(false, true)) {
        returned(parcel, e);
      }
    }
  }

  private void returned(Parcel parcel, @Nullable Exception error) {
    underWay.addAndGet(-parcel.size);
    if (error == null) {
      parcel.shipment.arrivedOne();
    } else {
      parcel.shipment.failed(
          new FlowcraftException(
              ErrorCode.BACKEND,
              "Kafka did not accept a record for "
                  + parcel.content.topic()
                  + ": "
                  + error.getMessage(),
              error));
    }
    if (!waiting.isEmpty()) {
      pump();
    }
  }

  static FlowcraftException closedException() {
    return new FlowcraftException(ErrorCode.CLOSED, "The Kafka job queue is closed.");
  }

  /** Gives what is under way a moment to arrive; the rest fails. */
  @Override
  public void close() {
    closed = true;
    pump();
    producer.close(CLOSE);
    for (Parcel left = waiting.poll(); left != null; left = waiting.poll()) {
      left.shipment.failed(closedException());
    }
  }

  /** Records that were brought together. */
  private static final class Shipment {

    final CompletableFuture<Void> arrived = new CompletableFuture<>();
    private final AtomicInteger open;

    Shipment(int size) {
      open = new AtomicInteger(size);
    }

    void arrivedOne() {
      if (open.decrementAndGet() == 0) {
        arrived.complete(null);
      }
    }

    /** The others may still arrive; that is what a failed enqueue says. */
    void failed(RuntimeException error) {
      arrived.completeExceptionally(error);
    }
  }

  /** One record on its way. */
  private static final class Parcel {

    final ProducerRecord<byte[], byte[]> content;
    final Shipment shipment;
    final int size;
    final AtomicBoolean returned = new AtomicBoolean();

    Parcel(ProducerRecord<byte[], byte[]> content, Shipment shipment) {
      this.content = content;
      this.shipment = shipment;
      this.size = RECORD_OVERHEAD + length(content.key()) + length(content.value());
    }

    private static int length(byte @Nullable [] bytes) {
      return bytes == null ? 0 : bytes.length;
    }
  }
}
