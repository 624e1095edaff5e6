package io.flowcraft.queue.kafka;

import io.flowcraft.spi.JobQueue;
import io.flowcraft.testkit.spi.JobQueueCompatibilityKit;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The kit with everything that a queue on Kafka can do, on a real broker. */
abstract class KafkaKit extends JobQueueCompatibilityKit {

  private static final Duration LIMIT = Duration.ofSeconds(5);

  private final Kafka kafka;

  /** The tests of a class share topics and a group: making them takes longer than most tests. */
  KafkaKit(Kafka kafka) {
    this.kafka = kafka;
  }

  @Override
  protected JobQueue openQueue() {
    return kafka.open("delivery-limit", LIMIT.toString());
  }

  @Override
  protected Optional<Duration> deliveryTimeLimit() {
    return Optional.of(LIMIT);
  }

  @Override
  protected Optional<List<String>> deadLetters(String runId) {
    return Optional.of(
        DeadLetters.reasons(kafka.bootstrap(), kafka.namespace + "-dead-letters", runId));
  }
}
