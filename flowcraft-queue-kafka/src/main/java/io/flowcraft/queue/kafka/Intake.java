package io.flowcraft.queue.kafka;

import io.flowcraft.spi.Delivery;
import io.flowcraft.spi.Job;
import io.flowcraft.spi.ProviderContext;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where records become deliveries: decoded, counted, handed to the handler on a thread of the
 * executor, and watched until they end. One for each subscription; thread-safe.
 */
final class Intake {

  private static final Logger log = LoggerFactory.getLogger(Intake.class);

  private final Consumer<Delivery> handler;
  private final ProviderContext context;
  private final Post post;
  private final JobCodec codec;
  private final Duration limit;
  private final int size;
  private final Room room;
  private final Set<KafkaDelivery> open = ConcurrentHashMap.newKeySet();
  private volatile Runnable onRoom = () -> {};
  private volatile boolean closed;

  Intake(
      Consumer<Delivery> handler,
      ProviderContext context,
      Post post,
      Duration limit,
      int maxInFlight) {
    this.handler = handler;
    this.context = context;
    this.post = post;
    this.codec = new JobCodec(context.serializer());
    this.limit = limit;
    this.size = maxInFlight;
    this.room = new Room(maxInFlight);
  }

  /** What happens each time a delivery has ended. */
  void whenRoom(Runnable action) {
    onRoom = action;
  }

  /**
   * Makes a delivery of a record. What can't be read is set aside, and holds up nobody.
   *
   * @param earlier how often the record has been delivered before this time
   * @param keeper keeps the record until it is settled
   * @return the delivery, which has not begun; null if there is nothing to deliver
   */
  @Nullable KafkaDelivery read(ConsumerRecord<byte[], byte[]> source, int earlier, Keeper keeper) {
    try {
      Job job = codec.decode(source.value(), source.headers());
      int count = JobCodec.deliveries(source.value()) + earlier + 1;
      return new KafkaDelivery(this, source, job, count, keeper);
    } catch (MalformedJobException e) {
      log.error(
          "The record {}-{}@{} can't be read and is set aside: {}",
          source.topic(),
          source.partition(),
          source.offset(),
          e.detail());
      post.deadLetter(source, e.detail(), 0)
          .whenComplete(
              (arrived, error) -> {
                if (error == null) {
                  keeper.settle();
                }
              });
      return null;
    }
  }

  /** Begins a delivery for which a place has been taken. */
  void begin(KafkaDelivery delivery) {
    delivery.begin();
    open.add(delivery);
    try {
      context.executor().execute(delivery);
    } catch (RejectedExecutionException e) {
      log.warn("The executor refuses jobs; one of run {} goes back.", delivery.job().runId(), e);
      delivery.refused();
    }
  }

  void handle(KafkaDelivery delivery) {
    handler.accept(delivery);
  }

  /** A delivery has ended. */
  void left(KafkaDelivery delivery) {
    open.remove(delivery);
    room.giveBack();
    onRoom.run();
  }

  /** Gives up on deliveries that show no sign of life. */
  void checkTimes() {
    long now = now();
    for (KafkaDelivery delivery : open) {
      delivery.checkTime(now, limit.toMillis());
    }
  }

  /** No further delivery begins. */
  void close() {
    closed = true;
  }

  boolean isClosed() {
    return closed;
  }

  /** How many deliveries may be open. */
  int size() {
    return size;
  }

  Room room() {
    return room;
  }

  Post post() {
    return post;
  }

  long now() {
    return context.time().millis();
  }

  long limitMillis() {
    return limit.toMillis();
  }
}
