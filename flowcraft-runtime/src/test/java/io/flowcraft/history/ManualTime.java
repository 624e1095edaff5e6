package io.flowcraft.history;

import io.flowcraft.spi.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/** A time that passes when a test says so. */
final class ManualTime implements TimeSource {

  final Deque<Runnable> tasks = new ArrayDeque<>();
  final Deque<Duration> delays = new ArrayDeque<>();
  Instant now = Events.ORIGIN.at();

  @Override
  public Instant now() {
    return now;
  }

  @Override
  public Timer schedule(Duration delay, Runnable task) {
    tasks.add(task);
    delays.add(delay);
    return () -> tasks.remove(task);
  }

  /** Runs the task that was scheduled first. */
  void runNext() {
    delays.remove();
    tasks.remove().run();
  }
}
