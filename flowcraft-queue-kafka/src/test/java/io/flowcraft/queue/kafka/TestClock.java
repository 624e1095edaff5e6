package io.flowcraft.queue.kafka;

import io.flowcraft.spi.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** The time of the machine: what runs against a real broker runs in real time. */
final class TestClock implements TimeSource {

  static final TestClock INSTANCE = new TestClock();

  private final ScheduledExecutorService timers =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "test-timer");
            thread.setDaemon(true);
            return thread;
          });

  private TestClock() {}

  @Override
  public Instant now() {
    return Instant.now();
  }

  @Override
  public Timer schedule(Duration delay, Runnable task) {
    Future<?> future = timers.schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
    return () -> future.cancel(false);
  }
}
