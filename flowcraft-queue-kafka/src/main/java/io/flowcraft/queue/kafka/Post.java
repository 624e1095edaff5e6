package io.flowcraft.queue.kafka;

import io.flowcraft.queue.kafka.KafkaSettings.Names;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/** Writes what becomes of a delivery: the job once more, a dead letter, a claim. */
final class Post {

  private static final String REASON = "flowcraft.reason";
  private static final String ORIGIN = "flowcraft.origin";
  private static final String DELIVERIES = "flowcraft.deliveries";

  private final Outbox outbox;
  private final Names names;

  Post(Outbox outbox, Names names) {
    this.outbox = outbox;
    this.names = names;
  }

  /**
   * Hands a job in again.
   *
   * @param deliveries how often it has been delivered
   */
  CompletionStage<Void> again(
      byte @Nullable [] key, byte[] value, Iterable<Header> headers, int deliveries) {
    return outbox.sendForSure(
        new ProducerRecord<>(
            names.jobs(), null, key, JobCodec.withDeliveries(value, deliveries), headers));
  }

  /**
   * Sets a record aside.
   *
   * @param deliveries how often its job was delivered; 0 if there is none to be read
   */
  CompletionStage<Void> deadLetter(
      ConsumerRecord<byte[], byte[]> source, String reason, int deliveries) {
    List<Header> headers = new ArrayList<>(Arrays.asList(source.headers().toArray()));
    headers.add(header(REASON, reason));
    headers.add(header(ORIGIN, source.topic() + "-" + source.partition() + "@" + source.offset()));
    headers.add(header(DELIVERIES, Integer.toString(deliveries)));
    return outbox.sendForSure(
        new ProducerRecord<>(names.deadLetters(), null, source.key(), source.value(), headers));
  }

  /** Writes a claim, or renews it. */
  CompletionStage<Void> claim(byte[] claim, byte[] value, Iterable<Header> headers) {
    return outbox.send(new ProducerRecord<>(names.claims(), null, claim, value, headers));
  }

  /** Ends a claim. */
  void endClaim(byte[] claim) {
    outbox.sendForSure(new ProducerRecord<>(names.claims(), claim, null));
  }

  private static Header header(String name, String value) {
    return new RecordHeader(name, value.getBytes(StandardCharsets.UTF_8));
  }
}
