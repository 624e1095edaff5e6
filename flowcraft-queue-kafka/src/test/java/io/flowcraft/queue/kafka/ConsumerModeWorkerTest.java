package io.flowcraft.queue.kafka;

/** Workers of a consumer group. */
class ConsumerModeWorkerTest extends WorkerRules {

  ConsumerModeWorkerTest() {
    super(QueueMode.CONSUMER);
  }
}
