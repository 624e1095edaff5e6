package io.flowcraft.testkit;

import io.flowcraft.spi.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A time that moves only when a test moves it. Timers run on the thread that moves the time, in the
 * order in which they are due, those of one instant in the order in which they were set.
 */
public final class VirtualTime implements TimeSource {

  /** Where time begins if nobody says otherwise: a round number that catches the eye in traces. */
  public static final Instant START = Instant.parse("2030-01-01T00:00:00Z");

  private static final Duration FOREVER = Duration.ofDays(100_000_000);

  private final TreeSet<DueTask> timers =
      new TreeSet<>(Comparator.comparing(DueTask::due).thenComparing(DueTask::number));
  private Instant now;
  private long nextNumber;

  /** A time that begins at {@link #START}. */
  public VirtualTime() {
    this(START);
  }

  /** A time that begins at an instant. */
  public VirtualTime(Instant start) {
    this.now = Objects.requireNonNull(start, "start");
  }

  private record DueTask(Instant due, long number, Runnable task) {}

  @Override
  public synchronized Instant now() {
    return now;
  }

  @Override
  public synchronized Timer schedule(Duration delay, Runnable task) {
    Objects.requireNonNull(task, "task");
    if (delay.isNegative()) {
      throw new IllegalArgumentException(
          "A timer with the delay " + delay + "; expected: zero or longer.");
    }
    DueTask timer = new DueTask(later(delay), nextNumber++, task);
    timers.add(timer);
    return () -> cancel(timer);
  }

  private synchronized void cancel(DueTask timer) {
    timers.remove(timer);
  }

  private Instant later(Duration delay) {
    return delay.compareTo(FOREVER) > 0 ? Instant.MAX : now.plus(delay);
  }

  /** When the next timer is due; empty if there is none. */
  public synchronized Optional<Instant> nextDue() {
    return timers.isEmpty() ? Optional.empty() : Optional.of(timers.first().due());
  }

  /** How many timers are set. */
  public synchronized int timers() {
    return timers.size();
  }

  /**
   * Moves the time, running the timers that fall due on the way, each at its time; also those that
   * timers set meanwhile.
   *
   * @param duration zero or longer
   */
  public void advance(Duration duration) {
    advance(duration, () -> {});
  }

  /**
   * Moves the time from one due timer to the next, and lets the test's world come to rest after
   * each of them, so that what a timer sets off happens at the time of that timer.
   *
   * @param duration zero or longer
   * @param settle called before the first step and after each timer
   */
  public void advance(Duration duration, Runnable settle) {
    if (duration.isNegative()) {
      throw new IllegalArgumentException(
          "Time was told to move by " + duration + "; expected: zero or longer.");
    }
    settle.run();
    Instant target;
    synchronized (this) {
      target = later(duration);
    }
    for (Runnable task = next(target); task != null; task = next(target)) {
      task.run();
      settle.run();
    }
  }

  /** Moves to the next timer that is due by then and takes it off; or to the target. */
  private synchronized @Nullable Runnable next(Instant target) {
    if (timers.isEmpty() || timers.first().due().isAfter(target)) {
      now = now.isAfter(target) ? now : target;
      return null;
    }
    DueTask first = timers.first();
    timers.remove(first);
    now = now.isAfter(first.due()) ? now : first.due();
    return first.task();
  }

  @Override
  public synchronized String toString() {
    return "VirtualTime[" + now + ", " + timers.size() + " timers]";
  }
}
