package io.flowcraft.spi;

/**
 * A job in the hands of a consumer. Exactly one of {@link #acknowledge}, {@link #release} and
 * {@link #reject} ends it; a second call of any of them does nothing. No method blocks.
 */
public interface Delivery {

  /** The job. */
  Job job();

  /** How often the job was delivered, from 1, as far as the queue can tell. */
  int deliveryCount();

  /**
   * How long the job has been in line, in milliseconds, as far as the queue can tell; 0 if it
   * can't. A run whose job is in line behind many others is not taken for abandoned.
   */
  default long queuedMillis() {
    return 0;
  }

  /** The job is done; it is not delivered again, unless the queue loses the acknowledgement. */
  void acknowledge();

  /** Somebody else may have the job, now. */
  void release();

  /**
   * Nobody should have the job: it is set aside.
   *
   * @param reason why, for people
   */
  void reject(String reason);

  /** The consumer is still at work: the delivery must not be handed to another one yet. */
  void extend();
}
