package io.flowcraft.testkit.spi;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowcraft.spi.Delivery;
import io.flowcraft.spi.Job;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** How jobs get into the queue and out of it. */
abstract class QueueDeliveryRules {

  abstract QueueTrial trial();

  @Test
  @Rule("Q-1")
  void acceptedJobsAreDelivered() {
    List<Job> jobs = trial().jobs(100);
    QueueProbe probe = trial().consume(10);

    trial().enqueue("Q-1", jobs);

    probe.acknowledgeAll("Q-1", jobs);
  }

  @Test
  @Rule("Q-2")
  void jobsWaitForASubscription() {
    List<Job> jobs = trial().jobs(10);
    trial().enqueue("Q-2", jobs);

    QueueProbe probe = trial().consume(10);

    probe.acknowledgeAll("Q-2", jobs);
  }

  @Test
  @Rule("Q-3")
  void jobsArriveAsTheyWereHandedIn() {
    Job full =
        new Job(
            trial().runId,
            "a blueprint",
            5,
            "pages#3/rows#0:node \"ä\"",
            7,
            Trial.json("{\"text\":\"line\\nline ✓\",\"n\":[1,2.5,null]}"),
            Map.of("traceparent", "00-1-2-01", "empty", ""));
    Job bare = trial().job("bare");
    QueueProbe probe = trial().consume(1);

    trial().enqueue("Q-3", List.of(full));
    Delivery first = probe.next("Q-3", full.instance());
    assertThat(first.job()).as("Q-3: the job as it was handed in").isEqualTo(full);
    probe.acknowledge(first);
    trial().enqueue("Q-3", List.of(bare));

    assertThat(probe.next("Q-3", "bare").job())
        .as("Q-3: the job without input and headers as it was handed in")
        .isEqualTo(bare);
  }

  @Test
  @Rule("Q-12")
  void handingInDoesNotRunHandlers() {
    List<Job> jobs = trial().jobs(10);
    QueueProbe probe = trial().consume(10);

    trial().enqueue("Q-12", jobs);
    probe.acknowledgeAll("Q-12", jobs);

    assertThat(probe.threads())
        .as("Q-12: threads that handlers ran on, without the one that handed the jobs in")
        .doesNotContain(Thread.currentThread());
  }

  @Test
  @Rule("Q-21")
  void noJobsAreAcceptedToo() {
    CompletionStage<Void> accepted = trial().queue.enqueue(List.of());

    trial().answer("Q-21", accepted);
  }

  @Test
  @Rule("Q-22")
  void nothingIsLostWhenManyHandInAtOnce() {
    List<Job> jobs = trial().jobs(200);
    QueueProbe probe = trial().consume(20);

    trial().together("Q-22", 8, i -> trial().queue.enqueue(jobs.subList(i * 25, i * 25 + 25)));

    probe.acknowledgeAll("Q-22", jobs);
  }
}
