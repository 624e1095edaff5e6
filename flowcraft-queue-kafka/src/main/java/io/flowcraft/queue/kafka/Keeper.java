package io.flowcraft.queue.kafka;

/** Keeps a record in Kafka until nothing depends on it any more. */
@FunctionalInterface
interface Keeper {

  /**
   * The record is not needed any more: its job is done, or something else guards it. Called once,
   * from any thread; does not block.
   */
  void settle();
}
