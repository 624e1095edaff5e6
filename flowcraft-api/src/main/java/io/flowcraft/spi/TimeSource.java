package io.flowcraft.spi;

import java.time.Duration;
import java.time.Instant;

/** The only place that the library learns the time from, and the only one that it waits with. */
public interface TimeSource {

  /** The current time. */
  Instant now();

  /** The current time in milliseconds of the epoch. */
  default long millis() {
    return now().toEpochMilli();
  }

  /**
   * Runs a task once after a delay, on a thread of the source's choice; the task is short and does
   * not block.
   *
   * @param delay zero or longer
   * @param task what to run
   * @return cancels the task; harmless when it has run
   */
  Timer schedule(Duration delay, Runnable task);

  /** A task that has been scheduled. */
  @FunctionalInterface
  interface Timer {

    /** Keeps the task from running if it has not begun. */
    void cancel();
  }
}
