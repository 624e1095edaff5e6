package io.flowcraft.queue.kafka;

/** By which kind of group the workers share the jobs of a topic. */
public enum QueueMode {
  /**
   * Share groups if the cluster has them ready for production (Kafka 4.2), else consumer groups.
   */
  AUTO,
  /** Share groups: any number of workers for each partition, every record ends for itself. */
  SHARE,
  /** Consumer groups: one worker for each partition at a time, committed in order. */
  CONSUMER
}
