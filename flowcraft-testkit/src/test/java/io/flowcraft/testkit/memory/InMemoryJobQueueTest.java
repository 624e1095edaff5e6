package io.flowcraft.testkit.memory;

import io.flowcraft.memory.InMemoryJobQueue;
import io.flowcraft.spi.JobQueue;
import io.flowcraft.testkit.spi.JobQueueCompatibilityKit;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;

class InMemoryJobQueueTest extends JobQueueCompatibilityKit {

  private final ExecutorService executor =
      Executors.newFixedThreadPool(4, InMemoryJobQueueTest::quiet);
  private final InMemoryJobQueue queue = new InMemoryJobQueue(executor);

  /** The kit has a handler break down on purpose, which is not worth a stack trace. */
  private static Thread quiet(Runnable task) {
    Thread thread = new Thread(task);
    thread.setUncaughtExceptionHandler((broken, error) -> {});
    return thread;
  }

  @AfterEach
  void stop() {
    executor.shutdownNow();
  }

  @Override
  protected JobQueue openQueue() {
    return queue;
  }

  @Override
  protected boolean durable() {
    return false;
  }

  @Override
  protected Optional<List<String>> deadLetters(String runId) {
    return Optional.of(
        queue.deadLetters().stream()
            .filter(letter -> letter.job().runId().equals(runId))
            .map(InMemoryJobQueue.DeadLetter::reason)
            .toList());
  }

  @Override
  protected Duration patience() {
    return Duration.ofSeconds(5);
  }
}
