/** The job queue on Apache Kafka. */
module io.flowcraft.queue.kafka {
  requires static transitive org.jspecify;
}
