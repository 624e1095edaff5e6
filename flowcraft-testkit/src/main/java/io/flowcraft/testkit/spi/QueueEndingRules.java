package io.flowcraft.testkit.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.flowcraft.spi.Delivery;
import io.flowcraft.spi.Job;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** How a delivery ends, and what follows. */
abstract class QueueEndingRules {

  abstract QueueTrial trial();

  /** Lets other jobs pass, and looks whether this one comes again among them. */
  private void assertGone(String rule, String instance, QueueProbe probe, int deliveries) {
    List<Job> markers = trial().jobs(20);
    trial().enqueue(rule, markers);
    probe.acknowledgeAll(rule, markers);
    probe.nothing(rule + ": delivered again");
    assertThat(probe.count(instance)).as("%s: delivered again", rule).isEqualTo(deliveries);
  }

  private QueueProbe consumeOne(String instance) {
    QueueProbe probe = trial().consume(5);
    trial().enqueue("Q-1", List.of(trial().job(instance)));
    return probe;
  }

  @Test
  @Rule("Q-4")
  void acknowledgedJobsDoNotComeAgain() {
    QueueProbe probe = consumeOne("done");

    probe.next("Q-4").acknowledge();

    assertGone("Q-4", "done", probe, 1);
  }

  @Test
  @Rule("Q-5")
  void releasedJobsComeAgain() {
    QueueProbe probe = consumeOne("released");

    probe.next("Q-5").release();
    Delivery again = probe.next("Q-5");

    assertThat(again.job().instance()).as("Q-5: the released job").isEqualTo("released");
    again.acknowledge();
    assertGone("Q-5", "released", probe, 2);
  }

  @Test
  @Rule("Q-6")
  void deliveriesAreCounted() {
    assumeTrue(trial().kit.countsDeliveries(), "The backend says that it does not count.");
    QueueProbe probe = consumeOne("counted");

    Delivery first = probe.next("Q-6");
    assertThat(first.deliveryCount()).as("Q-6: the count of the first delivery").isEqualTo(1);
    first.release();

    assertThat(probe.next("Q-6").deliveryCount())
        .as("Q-6: the count of the delivery after a release")
        .isEqualTo(2);
  }

  @Test
  @Rule("Q-7")
  void rejectedJobsDoNotComeAgain() {
    QueueProbe probe = consumeOne("poison");

    probe.next("Q-7").reject("cannot be read");

    assertGone("Q-7", "poison", probe, 1);
  }

  @Test
  @Rule("Q-8")
  void rejectedJobsAreSetAsideWithTheReason() {
    assumeTrue(
        trial().kit.deadLetters(trial().runId).isPresent(),
        "The backend does not tell the kit where it sets rejected jobs aside.");
    QueueProbe probe = consumeOne("poison");

    probe.next("Q-8").reject("cannot be read");

    trial()
        .eventually(
            "Q-8: the rejected job with its reason",
            () ->
                trial()
                    .kit
                    .deadLetters(trial().runId)
                    .orElseThrow()
                    .equals(List.of("cannot be read")));
  }

  @Test
  @Rule("Q-11")
  void onlyTheFirstEndingCounts() {
    QueueProbe probe = consumeOne("once");
    Delivery delivery = probe.next("Q-11");

    delivery.acknowledge();
    delivery.acknowledge();
    delivery.release();
    delivery.reject("too late");

    assertGone("Q-11", "once", probe, 1);
  }

  @Test
  @Rule("Q-11")
  void aReleaseIsNotTakenBack() {
    QueueProbe probe = consumeOne("again");
    Delivery delivery = probe.next("Q-11");

    delivery.release();
    delivery.acknowledge();

    assertThat(probe.next("Q-11").job().instance())
        .as("Q-11: the job that was released before it was acknowledged")
        .isEqualTo("again");
  }

  @Test
  @Rule("Q-15")
  void openDeliveriesCanBeEndedAfterTheSubscription() {
    QueueProbe first = trial().consume(2);
    trial().enqueue("Q-15", List.of(trial().job("kept"), trial().job("returned")));
    Delivery one = first.next("Q-15");
    Delivery two = first.next("Q-15");
    Delivery kept = one.job().instance().equals("kept") ? one : two;
    Delivery returned = kept == one ? two : one;
    first.close();

    kept.acknowledge();
    returned.release();

    QueueProbe second = trial().consume(5);
    second.next("Q-15", "returned").acknowledge();
    assertGone("Q-15", "kept", second, 0);
  }

  @Test
  @Rule("Q-16")
  void aBrokenHandlerLosesNothing() {
    AtomicBoolean broken = new AtomicBoolean(true);
    QueueProbe probe = trial().consume(2);
    probe.before(
        job -> {
          if (job.instance().equals("node-0") && broken.getAndSet(false)) {
            throw new IllegalStateException("A handler of the kit breaks down on purpose.");
          }
        });
    List<Job> jobs = trial().jobs(10);

    trial().enqueue("Q-16", jobs);
    probe.next("Q-16", "node-0").acknowledge();

    probe.acknowledgeAll("Q-16", jobs);
  }
}
