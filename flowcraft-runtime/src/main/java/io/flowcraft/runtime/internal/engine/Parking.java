package io.flowcraft.runtime.internal.engine;

import org.jspecify.annotations.Nullable;

/** How a built-in node asks to be parked instead of returning a result. */
sealed interface Parking {

  /**
   * Until a time; then the node has its input as output.
   *
   * @param wakeUpAtMillis in milliseconds of the epoch
   */
  record Sleep(long wakeUpAtMillis) implements Parking {}

  /**
   * Until the outside answers, or a time.
   *
   * @param wakeUpAtMillis in milliseconds of the epoch; null for ever
   */
  record Wait(@Nullable Long wakeUpAtMillis) implements Parking {}

  /**
   * Until the next attempt.
   *
   * @param wakeUpAtMillis in milliseconds of the epoch
   */
  record NextAttempt(long wakeUpAtMillis) implements Parking {}

  /**
   * Until a child run ends, or a time.
   *
   * @param childRunId the child run
   * @param wakeUpAtMillis in milliseconds of the epoch; null for ever
   */
  record Child(String childRunId, @Nullable Long wakeUpAtMillis) implements Parking {}
}
