package io.flowcraft.queue.kafka;

import io.flowcraft.spi.JobQueue;

/** A subscription, as the queue sees it. */
interface KafkaSubscription extends JobQueue.Subscription {

  /** Begins. */
  void start();

  /** Gives up on deliveries that show no sign of life. */
  void checkTimes();

  /**
   * Ends the consumption: nothing is taken any more, and what is open gets claims to guard it, so
   * that its records hold up nobody. Does not wait.
   */
  @Override
  void close();

  /** Waits until a closed subscription has left its group. */
  void await(long millis);
}
