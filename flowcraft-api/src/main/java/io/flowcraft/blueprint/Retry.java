package io.flowcraft.blueprint;

import java.time.Duration;
import java.util.List;

/**
 * How often a node is attempted, and how long it waits in between.
 *
 * @param maxAttempts all attempts, the first one included; at least 1
 * @param delay before the second attempt; zero for none
 * @param factor by which the delay grows after each attempt; 1 keeps it
 * @param maxDelay the longest delay; zero for no cap
 * @param jitter the part of the delay, from 0 to 1, that is drawn at random
 * @param nonRetryable class names of errors that end the attempts at once
 */
public record Retry(
    int maxAttempts,
    Duration delay,
    double factor,
    Duration maxDelay,
    double jitter,
    List<String> nonRetryable) {

  private static final Duration LONGEST = Duration.ofDays(365);

  /** One attempt. */
  public static final Retry NONE = fixed(Duration.ZERO).maxAttempts(1);

  /** Refuses numbers outside their range. */
  public Retry {
    nonRetryable = List.copyOf(nonRetryable);
    require(maxAttempts >= 1, "maxAttempts", maxAttempts, "at least 1");
    require(!delay.isNegative(), "delay", delay, "zero or longer");
    require(factor >= 1 && factor < 1_000, "factor", factor, "from 1 to 1000");
    require(!maxDelay.isNegative(), "maxDelay", maxDelay, "zero or longer");
    require(jitter >= 0 && jitter <= 1, "jitter", jitter, "from 0 to 1");
  }

  private static void require(boolean condition, String name, Object value, String expected) {
    if (!condition) {
      throw new IllegalArgumentException(
          "Retry." + name + " is " + value + "; expected: " + expected + ".");
    }
  }

  /** Three attempts with the same delay between them. */
  public static Retry fixed(Duration delay) {
    return new Retry(3, delay, 1, Duration.ZERO, 0, List.of());
  }

  /** Three attempts with a delay that doubles. */
  public static Retry exponential(Duration delay) {
    return new Retry(3, delay, 2, Duration.ZERO, 0, List.of());
  }

  /** The same policy with another number of attempts, the first one included. */
  public Retry maxAttempts(int attempts) {
    return new Retry(attempts, delay, factor, maxDelay, jitter, nonRetryable);
  }

  /** The same policy with a cap on the delay. */
  public Retry maxDelay(Duration cap) {
    return new Retry(maxAttempts, delay, factor, cap, jitter, nonRetryable);
  }

  /** The same policy with a random part, from 0 (none) to 1 (all of the delay). */
  public Retry jitter(double part) {
    return new Retry(maxAttempts, delay, factor, maxDelay, part, nonRetryable);
  }

  /** The same policy, ending at once with errors of these classes or their subclasses. */
  public Retry nonRetryable(List<Class<? extends Throwable>> errors) {
    List<String> names = errors.stream().<String>map(Class::getName).toList();
    return new Retry(maxAttempts, delay, factor, maxDelay, jitter, names);
  }

  /**
   * The delay after a failed attempt.
   *
   * @param attempt the attempt that failed, from 1
   * @param random a number from 0 (inclusive) to 1 (exclusive), drawn by the caller
   */
  public Duration delayAfter(int attempt, double random) {
    if (delay.isZero()) {
      return Duration.ZERO;
    }
    double millis = (double) delay.toMillis() * Math.pow(factor, attempt - 1.0);
    if (!maxDelay.isZero()) {
      millis = Math.min(millis, (double) maxDelay.toMillis());
    }
    millis -= millis * jitter * random;
    return Duration.ofMillis((long) Math.min(millis, (double) LONGEST.toMillis()));
  }
}
