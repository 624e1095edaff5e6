package io.flowcraft.queue.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowcraft.spi.Delivery;
import io.flowcraft.spi.JobQueue;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Workers of a share group. */
class ShareModeWorkerTest extends WorkerRules {

  private final Kafka kafka = new Kafka(QueueMode.SHARE);

  ShareModeWorkerTest() {
    super(QueueMode.SHARE);
  }

  @Test
  void aWorkerWithoutRoomRenewsItsLocks() throws Exception {
    try (JobQueue queue = kafka.open("group.share.record.lock.duration.ms", "1000");
        Probe probe = new Probe(queue, 1, job -> true)) {
      queue.enqueue(List.of(Probe.job("run", "long"))).toCompletableFuture().get();
      Delivery held = probe.nextHeld();

      // Four locks long; nothing else is to happen.
      assertThat(new CountDownLatch(1).await(4, TimeUnit.SECONDS)).isFalse();
      assertThat(DeadLetters.read(kafka.bootstrap(), kafka.namespace + "-claims")).isEmpty();
      held.acknowledge();
      queue.enqueue(List.of(Probe.job("run", "next"))).toCompletableFuture().get();
      assertThat(probe.nextHeld().job().instance()).isEqualTo("next");
      assertThat(probe.count("long")).isEqualTo(1);
    }
  }
}
