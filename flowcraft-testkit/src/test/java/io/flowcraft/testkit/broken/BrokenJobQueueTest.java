package io.flowcraft.testkit.broken;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowcraft.memory.InMemoryJobQueue;
import io.flowcraft.spi.JobQueue;
import io.flowcraft.testkit.spi.JobQueueCompatibilityKit;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The kit notices queues that break a rule, and says which. */
class BrokenJobQueueTest {

  /** How the kit below breaks its queue; tests of one thread only. */
  private static UnaryOperator<JobQueue> breaking = UnaryOperator.identity();

  @AfterEach
  void mend() {
    breaking = UnaryOperator.identity();
  }

  @TestFactory
  Stream<DynamicTest> aBrokenRuleIsNoticed() {
    return BrokenQueues.all().entrySet().stream()
        .map(
            row ->
                DynamicTest.dynamicTest(row.getKey(), () -> check(row.getKey(), row.getValue())));
  }

  private static void check(String rule, Broken<JobQueue> broken) {
    breaking = broken.breaking();

    boolean timed = rule.equals("Q-17") || rule.equals("Q-18");
    KitVerdict verdict = KitVerdict.of(timed ? TimeLimitedKit.class : Kit.class, rule);

    assertThat(verdict.failures())
        .as("what the kit says about a queue that breaks %s", rule)
        .isNotEmpty()
        .anySatisfy(message -> assertThat(message).contains(broken.words()));
  }

  @Test
  void aQueueWithTimeLimitsKeepsTheirRules() {
    assertThat(KitVerdict.of(TimeLimitedKit.class, "Q-17")).isEqualTo(new KitVerdict(1, List.of()));
    assertThat(KitVerdict.of(TimeLimitedKit.class, "Q-18")).isEqualTo(new KitVerdict(1, List.of()));
  }

  /** A consumer of the kit whose queue the tests above break. */
  static class Kit extends JobQueueCompatibilityKit {

    private final Executor executor = Executors.newFixedThreadPool(2, Kit::daemon);
    private final InMemoryJobQueue queue = new InMemoryJobQueue(this::run);

    static Thread daemon(Runnable task) {
      Thread thread = new Thread(task);
      thread.setDaemon(true);
      return thread;
    }

    /** Keeps a handler that breaks down on purpose from ending in the log. */
    private void run(Runnable task) {
      executor.execute(
          () -> {
            try {
              task.run();
            } catch (IllegalStateException e) {
              assertThat(e).hasMessageContaining("on purpose");
            }
          });
    }

    @Override
    protected JobQueue openQueue() {
      return breaking.apply(good(queue));
    }

    JobQueue good(JobQueue inMemory) {
      return inMemory;
    }

    @Override
    protected Optional<List<String>> deadLetters(String runId) {
      return Optional.of(
          queue.deadLetters().stream().map(InMemoryJobQueue.DeadLetter::reason).toList());
    }

    @Override
    protected Duration patience() {
      return Duration.ofMillis(600);
    }
  }

  /** The same with deliveries that are given to somebody else after a time. */
  static class TimeLimitedKit extends Kit {

    private final ScheduledExecutorService timer =
        Executors.newSingleThreadScheduledExecutor(Kit::daemon);

    @Override
    JobQueue good(JobQueue inMemory) {
      return new TimeLimitedJobQueue(inMemory, timer);
    }

    @Override
    protected Optional<Duration> deliveryTimeLimit() {
      return Optional.of(TimeLimitedJobQueue.LIMIT);
    }
  }
}
