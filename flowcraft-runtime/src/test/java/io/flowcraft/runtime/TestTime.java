package io.flowcraft.runtime;

import io.flowcraft.spi.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.TreeSet;

/** A time that moves only when the test moves it. */
final class TestTime implements TimeSource {

  static final Instant START = Instant.parse("2030-01-01T00:00:00Z");

  private final TreeSet<Due> timers =
      new TreeSet<>(Comparator.comparing(Due::at).thenComparing(Due::number));
  private Instant now = START;
  private long number;

  private record Due(Instant at, long number, Runnable task) {}

  @Override
  public synchronized Instant now() {
    return now;
  }

  @Override
  public synchronized Timer schedule(Duration delay, Runnable task) {
    Due due = new Due(now.plus(delay), number++, task);
    timers.add(due);
    return () -> cancel(due);
  }

  private synchronized void cancel(Due due) {
    timers.remove(due);
  }

  /** How many timers are set. */
  synchronized int timers() {
    return timers.size();
  }

  /** Moves the time, running what falls due on the way and settling after each. */
  void advance(Duration duration, Runnable settle) {
    settle.run();
    Instant target = now().plus(duration);
    Optional<Runnable> next = next(target);
    while (next.isPresent()) {
      next.get().run();
      settle.run();
      next = next(target);
    }
  }

  private synchronized Optional<Runnable> next(Instant target) {
    if (timers.isEmpty() || timers.first().at().isAfter(target)) {
      now = target;
      return Optional.empty();
    }
    Due first = timers.pollFirst();
    now = first.at();
    return Optional.of(first.task());
  }
}
