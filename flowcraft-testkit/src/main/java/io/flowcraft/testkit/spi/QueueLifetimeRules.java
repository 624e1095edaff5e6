package io.flowcraft.testkit.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.flowcraft.spi.Delivery;
import io.flowcraft.spi.Job;
import io.flowcraft.spi.JobQueue;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** How long deliveries, jobs and queues live. */
abstract class QueueLifetimeRules {

  /** Twice the time limit of a delivery, in steps of a fifth of it. */
  private static final int EXTENSIONS = 10;

  abstract QueueTrial trial();

  private Duration timeLimit() {
    Optional<Duration> limit = trial().kit.deliveryTimeLimit();
    assumeTrue(limit.isPresent(), "The backend says that its deliveries have no time limit.");
    return limit.orElseThrow();
  }

  @Test
  @Rule("Q-17")
  void anExtendedDeliveryIsKept() {
    Duration step = timeLimit().dividedBy(5);
    QueueProbe probe = trial().consume(2);
    trial().enqueue("Q-17", List.of(trial().job("long")));
    Delivery delivery = probe.next("Q-17");

    for (int i = 0; i < EXTENSIONS; i++) {
      delivery.extend();
      probe.nothing("Q-17: a delivery that is extended was handed out again", step);
    }

    delivery.acknowledge();
    assertThat(probe.count("long")).as("Q-17: how often the job was delivered").isEqualTo(1);
  }

  @Test
  @Rule("Q-18")
  void aDeliveryWithoutSignOfLifeComesAgain() {
    timeLimit();
    QueueProbe probe = trial().consume(2);
    trial().enqueue("Q-18", List.of(trial().job("lost")));
    probe.next("Q-18");

    Delivery again = probe.next("Q-18");

    assertThat(again.job().instance()).as("Q-18: the job that was given up").isEqualTo("lost");
    again.acknowledge();
  }

  @Test
  @Rule("Q-19")
  void closingTwiceIsHarmless() {
    trial().consume(1);

    trial().queue.close();
    trial().queue.close();
  }

  @Test
  @Rule("Q-20")
  void aClosedQueueSaysSo() {
    trial().queue.close();

    boolean refused;
    try {
      CompletionStage<Void> stage = trial().queue.enqueue(List.of(trial().job(1)));
      trial()
          .eventually(
              "Q-20: an answer of a closed queue", () -> stage.toCompletableFuture().isDone());
      refused = stage.toCompletableFuture().isCompletedExceptionally();
    } catch (RuntimeException e) {
      refused = true;
    }

    assertThat(refused).as("Q-20: a closed queue refuses jobs").isTrue();
  }

  @Test
  @Rule("Q-23")
  void jobsOutliveTheObjectThatTookThem() throws Exception {
    assumeTrue(trial().kit.durable(), "The backend says that it lives and dies with its object.");
    List<Job> jobs = trial().jobs(10);
    trial().enqueue("Q-23", jobs);
    trial().queue.close();

    JobQueue another = trial().open();

    trial().consume(another, 10).acknowledgeAll("Q-23", jobs);
  }
}
