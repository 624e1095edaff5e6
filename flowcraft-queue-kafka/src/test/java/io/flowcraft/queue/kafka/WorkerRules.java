package io.flowcraft.queue.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowcraft.spi.Delivery;
import io.flowcraft.spi.Job;
import io.flowcraft.spi.JobQueue;
import io.flowcraft.spi.Payload;
import io.flowcraft.testservers.KafkaServer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

/** What goes wrong around workers, on a real broker, in each mode. */
abstract class WorkerRules {

  private static final String RUN = "run";

  private final QueueMode mode;
  private final Kafka kafka;

  WorkerRules(QueueMode mode) {
    this.mode = mode;
    this.kafka = new Kafka(mode);
  }

  private static void enqueue(JobQueue queue, List<Job> jobs) throws Exception {
    queue.enqueue(jobs).toCompletableFuture().get(Probe.PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Test
  void whatCannotBeReadIsSetAsideAndHoldsUpNobody() throws Exception {
    try (JobQueue queue = kafka.open("partitions", "1");
        KafkaProducer<byte[], byte[]> somebody =
            new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrap()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
      byte[] rubbish = "{\"json\":true}".getBytes(StandardCharsets.UTF_8);
      somebody.send(new ProducerRecord<>(kafka.namespace + "-jobs", rubbish)).get();
      somebody.send(new ProducerRecord<>(kafka.namespace + "-jobs", rubbish, null)).get();
      List<Job> jobs = Probe.jobs(RUN, "good-", 10);
      enqueue(queue, jobs);

      try (Probe probe = new Probe(queue, 5, job -> false)) {
        Probe.eventually("all jobs", () -> probe.seen().containsAll(Probe.names(jobs)));
      }
      String letters = kafka.namespace + "-dead-letters";
      Probe.eventually(
          "two dead letters", () -> DeadLetters.read(kafka.bootstrap(), letters).size() == 2);
      List<ConsumerRecord<byte[], byte[]>> found = DeadLetters.read(kafka.bootstrap(), letters);
      assertThat(found)
          .extracting(letter -> DeadLetters.header(letter, "flowcraft.reason"))
          .anySatisfy(reason -> assertThat(reason).contains("begins with the byte 123"))
          .anySatisfy(reason -> assertThat(reason).contains("no value"));
      assertThat(found)
          .extracting(letter -> DeadLetters.header(letter, "flowcraft.origin"))
          .containsExactlyInAnyOrder(kafka.namespace + "-jobs-0@0", kafka.namespace + "-jobs-0@1");
      assertThat(found).extracting(ConsumerRecord::value).contains(rubbish);
    }
  }

  @Test
  void slowJobsHoldUpNobody() throws Exception {
    try (JobQueue queue = kafka.open("partitions", "1");
        Probe probe = new Probe(queue, 20, job -> job.instance().startsWith("slow"))) {
      List<Job> slow = Probe.jobs(RUN, "slow-", 10);
      List<Job> fast = Probe.jobs(RUN, "fast-", 500);
      enqueue(queue, slow);
      enqueue(queue, fast);

      Probe.eventually("all fast jobs", () -> probe.seen().containsAll(Probe.names(fast)));

      for (int i = 0; i < slow.size(); i++) {
        probe.nextHeld().acknowledge();
      }
      List<Job> markers = Probe.jobs(RUN, "marker-", 20);
      enqueue(queue, markers);
      Probe.eventually("later jobs", () -> probe.seen().containsAll(Probe.names(markers)));
      assertThat(slow).allMatch(job -> probe.count(job.instance()) == 1);
    }
  }

  @Test
  void whatAWorkerLeavesBehindComesAgainAndIsCounted() throws Exception {
    List<Job> jobs = Probe.jobs(RUN, "left-", 5);
    try (JobQueue queue = kafka.open("delivery-limit", "PT2S");
        Probe probe = new Probe(queue, 5, job -> true)) {
      enqueue(queue, jobs);
      Probe.eventually("all in hand", () -> probe.heldNow() == jobs.size());
    }

    try (JobQueue another = kafka.open("delivery-limit", "PT2S");
        Probe probe = new Probe(another, 5, job -> true)) {
      Set<String> again = new HashSet<>();
      while (again.size() < jobs.size()) {
        Delivery delivery = probe.nextHeld();
        assertThat(delivery.deliveryCount()).isGreaterThan(1);
        again.add(delivery.job().instance());
        delivery.acknowledge();
      }
    }
  }

  @Test
  void nothingIsLostWhenWorkersComeAndGo() throws Exception {
    List<Job> all = Probe.jobs(RUN, "node-", 600);
    Set<String> seen = ConcurrentHashMap.newKeySet();
    try (JobQueue first = kafka.open();
        JobQueue second = kafka.open()) {
      List<CompletionStage<Void>> accepted = new ArrayList<>();
      JobQueue.Subscription one = first.consume(d -> end(d, seen), 8);
      accepted.add(first.enqueue(all.subList(0, 200)));
      Probe.eventually("some jobs", () -> seen.size() > 20);
      JobQueue.Subscription two = second.consume(d -> end(d, seen), 8);
      accepted.add(first.enqueue(all.subList(200, 400)));
      Probe.eventually("more jobs", () -> seen.size() > 220);
      one.close();
      accepted.add(first.enqueue(all.subList(400, 600)));
      Probe.eventually("all jobs", () -> seen.size() == all.size());
      two.close();
      for (CompletionStage<Void> stage : accepted) {
        stage.toCompletableFuture().get(1, TimeUnit.SECONDS);
      }
    }
  }

  private static void end(Delivery delivery, Set<String> seen) {
    seen.add(delivery.job().instance());
    delivery.acknowledge();
  }

  @Test
  void applicationsOnOneClusterDoNotMeet() throws Exception {
    Kafka other = new Kafka(mode);
    try (JobQueue ours = kafka.open();
        JobQueue theirs = other.open();
        Probe here = new Probe(ours, 5, job -> false);
        Probe there = new Probe(theirs, 5, job -> false)) {
      List<Job> forUs = Probe.jobs(RUN, "ours-", 20);
      List<Job> forThem = Probe.jobs(RUN, "theirs-", 20);
      enqueue(ours, forUs);
      enqueue(theirs, forThem);

      Probe.eventually("our jobs", () -> here.seen().containsAll(Probe.names(forUs)));
      Probe.eventually("their jobs", () -> there.seen().containsAll(Probe.names(forThem)));
      assertThat(here.seen()).containsExactlyInAnyOrderElementsOf(Probe.names(forUs));
      assertThat(there.seen()).containsExactlyInAnyOrderElementsOf(Probe.names(forThem));
    }
  }

  @Test
  void aBrokerMayDieAndComeBack() throws Exception {
    try (KafkaServer server = new KafkaServer()) {
      server.start();
      Kafka own = new Kafka(mode, server.address());
      try (JobQueue queue = own.open("partitions", "2");
          Probe probe = new Probe(queue, 10, job -> job.instance().startsWith("held"))) {
        List<Job> before = Probe.jobs(RUN, "before-", 20);
        enqueue(queue, before);
        enqueue(queue, List.of(Probe.job(RUN, "held")));
        Probe.eventually("jobs before", () -> probe.seen().containsAll(Probe.names(before)));
        Delivery held = probe.nextHeld();

        server.kill();
        assertThat(queue.check().toCompletableFuture()).failsWithin(Probe.PATIENCE);
        CompletionStage<Void> accepted = queue.enqueue(Probe.jobs(RUN, "during-", 20));
        held.acknowledge();
        server.restart();

        accepted.toCompletableFuture().get(Probe.PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        Probe.eventually(
            "jobs of the outage",
            () -> probe.seen().containsAll(Probe.names(Probe.jobs(RUN, "during-", 20))));
        assertThat(queue.check().toCompletableFuture()).succeedsWithin(Probe.PATIENCE);
      }
    }
  }

  @Test
  void aBacklogStaysInKafka() throws Exception {
    String input = "\"" + "x".repeat(10_000) + "\"";
    try (JobQueue queue = kafka.open("max-in-flight", "50")) {
      for (int chunk = 0; chunk < 100; chunk++) {
        List<Job> jobs = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
          jobs.add(
              new Job(
                  RUN,
                  "blueprint",
                  1,
                  "node-" + chunk + "-" + i,
                  1,
                  Payload.ofText(input, Kafka.context().serializer()),
                  Map.of()));
        }
        enqueue(queue, jobs);
      }
      long before = usedMemory();
      try (Probe probe = new Probe(queue, Integer.MAX_VALUE, job -> true)) {
        Probe.eventually("as many as there is room for", () -> probe.heldNow() == 50);
        List<Delivery> open = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
          Delivery next = probe.nextHeld();
          open.add(next);
          if (open.size() == 50) {
            open.forEach(Delivery::acknowledge);
            open.clear();
          }
        }
        assertThat(usedMemory() - before)
            .as("bytes that a worker holds of a backlog of 200 MB")
            .isLessThan(60_000_000L);
        open.forEach(Delivery::acknowledge);
      }
    }
  }

  private static long usedMemory() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
