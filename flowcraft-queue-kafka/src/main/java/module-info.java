import io.flowcraft.queue.kafka.KafkaJobQueueProvider;
import io.flowcraft.spi.JobQueueProvider;

/** The job queue on Apache Kafka. */
module io.flowcraft.queue.kafka {
  requires static transitive com.google.auto.service;
  requires transitive io.flowcraft.api;
  requires kafka.clients;
  requires static transitive org.jspecify;
  requires org.slf4j;

  exports io.flowcraft.queue.kafka;

  provides JobQueueProvider with
      KafkaJobQueueProvider;
}
