package io.flowcraft.testkit.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flowcraft.spi.Delivery;
import io.flowcraft.spi.Job;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** How much goes to whom. */
abstract class QueueCapacityRules {

  abstract QueueTrial trial();

  @Test
  @Rule("Q-9")
  void noMoreDeliveriesAreOpenThanAllowed() {
    List<Job> jobs = trial().jobs(12);
    QueueProbe probe = trial().consume(3);
    trial().enqueue("Q-9", jobs);

    Delivery first = probe.next("Q-9");
    Delivery second = probe.next("Q-9");
    Delivery third = probe.next("Q-9");
    probe.nothing("Q-9: a fourth delivery while three are open and three are allowed");

    List.of(first, second, third).forEach(probe::acknowledge);
    probe.acknowledgeAll("Q-9", jobs);
    assertThat(probe.mostHeld()).as("Q-9: the most deliveries open at a time").isEqualTo(3);
  }

  @Test
  @Rule("Q-10")
  void aHeldDeliveryDoesNotHoldUpOthers() {
    List<Job> jobs = trial().jobs(20);
    QueueProbe probe = trial().consume(2);
    trial().enqueue("Q-10", jobs);

    Delivery held = probe.next("Q-10");
    probe.acknowledgeAll("Q-10", jobs);

    probe.acknowledge(held);
    assertThat(probe.count(held.job().instance()))
        .as("Q-10: how often the job that was held was delivered")
        .isEqualTo(1);
  }

  @Test
  @Rule("Q-13")
  void aJobIsInOneHandAtATime() throws InterruptedException {
    List<Job> jobs = trial().jobs(40);
    QueueProbe left = trial().consume(40);
    QueueProbe right = trial().consume(40);

    trial().enqueue("Q-13", jobs);
    trial()
        .eventually(
            "Q-13: every job delivered to one of two subscriptions",
            () -> left.seen().size() + right.seen().size() >= jobs.size());
    left.acknowledgeRest();
    right.acknowledgeRest();

    Set<String> both = new HashSet<>(left.seen());
    both.retainAll(right.seen());
    assertThat(both).as("Q-13: jobs in two hands at a time").isEmpty();
    assertThat(jobs)
        .as("Q-13: jobs delivered twice to one hand")
        .allMatch(job -> left.count(job.instance()) + right.count(job.instance()) == 1);
  }

  @Test
  @Rule("Q-14")
  void aClosedSubscriptionGetsNothingMore() {
    QueueProbe closed = trial().consume(10);
    trial().enqueue("Q-14", List.of(trial().job("before")));
    closed.next("Q-14").acknowledge();
    closed.close();
    closed.close();
    QueueProbe open = trial().consume(10);
    List<Job> jobs = trial().jobs(20);

    trial().enqueue("Q-14", jobs);
    open.acknowledgeAll("Q-14", jobs);

    assertThat(closed.seen())
        .as("Q-14: what a subscription got, the jobs after its close not included")
        .containsExactly("before");
  }

  @Test
  @Rule("Q-24")
  void aSubscriptionWithoutRoomIsRefused() {
    assertThatThrownBy(
            () -> trial().queue.consume(delivery -> {}, 0),
            "Q-24: a subscription with maxInFlight 0")
        .isInstanceOf(IllegalArgumentException.class);
  }
}
