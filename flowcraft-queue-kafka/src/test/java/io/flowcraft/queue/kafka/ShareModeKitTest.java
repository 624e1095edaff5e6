package io.flowcraft.queue.kafka;

/** The rules of a job queue in share mode. */
class ShareModeKitTest extends KafkaKit {

  private static final Kafka KAFKA = new Kafka(QueueMode.SHARE);

  ShareModeKitTest() {
    super(KAFKA);
  }
}
