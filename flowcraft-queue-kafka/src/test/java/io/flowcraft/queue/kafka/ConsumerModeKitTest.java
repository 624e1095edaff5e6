package io.flowcraft.queue.kafka;

/** The rules of a job queue in consumer mode. */
class ConsumerModeKitTest extends KafkaKit {

  private static final Kafka KAFKA = new Kafka(QueueMode.CONSUMER);

  ConsumerModeKitTest() {
    super(KAFKA);
  }
}
