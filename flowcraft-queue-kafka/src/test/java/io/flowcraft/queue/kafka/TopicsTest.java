package io.flowcraft.queue.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flowcraft.error.ErrorCode;
import io.flowcraft.error.FlowcraftException;
import io.flowcraft.spi.Job;
import io.flowcraft.spi.JobQueue;
import io.flowcraft.spi.Payload;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;

/** What a queue finds or makes before it begins, on a real broker. */
class TopicsTest {

  private final Kafka kafka = new Kafka(QueueMode.AUTO);

  @Test
  void missingTopicsAreMade() throws Exception {
    kafka.open("partitions", "3", "replication", "1", "retention", "PT1H").close();

    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrap()))) {
      String topic = kafka.namespace + "-jobs";
      assertThat(admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic).partitions())
          .hasSize(3);
    }
  }

  @Test
  void missingTopicsAreNamedIfTheyMustNotBeMade() {
    assertThatThrownBy(() -> kafka.open("create-topics", "false"))
        .isInstanceOfSatisfying(
            FlowcraftException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFIG_INVALID))
        .hasMessageContaining(kafka.namespace + "-jobs")
        .hasMessageContaining(kafka.namespace + "-claims")
        .hasMessageContaining("create-topics is false");
  }

  @Test
  void aTopicThatLosesRecordsIsRefused() throws Exception {
    String topic = kafka.namespace + "-jobs";
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrap()))) {
      admin
          .createTopics(
              List.of(
                  new NewTopic(topic, 1, (short) 1).configs(Map.of("cleanup.policy", "compact"))))
          .all()
          .get();
    }

    assertThatThrownBy(() -> kafka.open().close())
        .isInstanceOf(FlowcraftException.class)
        .hasMessageContaining(topic + ": cleanup.policy is compact; expected: delete");
  }

  @Test
  void differencesAreReportedAllAtOnce() throws Exception {
    kafka.open("partitions", "2", "retention", "PT1H").close();
    try (Cluster cluster =
        new Cluster(
            kafka.settings("partitions", "5", "retention", "PT2H"),
            new ClientConfigs(kafka.settings()).admin())) {
      assertThat(cluster.prepareTopics().orElseThrow())
          .contains(kafka.namespace + "-jobs: partitions is 2, the settings say 5")
          .contains(kafka.namespace + "-jobs: retention.ms is 3600000, the settings say 7200000")
          .contains(kafka.namespace + "-claims: partitions is 2, the settings say 5");
    }
  }

  @Test
  void aJobThatIsTooLargeIsRefusedBeforeItIsSent() {
    try (JobQueue queue = kafka.open("max-job-bytes", "1000")) {
      Job large =
          new Job(
              "run",
              "blueprint",
              1,
              "node",
              1,
              Payload.ofText("x".repeat(1_000), Kafka.context().serializer()),
              Map.of());

      assertThatThrownBy(() -> queue.enqueue(List.of(large)).toCompletableFuture().get())
          .isInstanceOf(ExecutionException.class)
          .hasMessageContaining("[FC-5001]")
          .hasMessageContaining("node of run run has")
          .hasMessageContaining("expected: 1000 or less");
    }
  }

  @Test
  void whoCannotBeReachedIsNamed() {
    KafkaSettings nowhere =
        KafkaSettings.from(
            Map.of(
                "flowcraft.kafka.bootstrap-servers", "127.0.0.1:1",
                "flowcraft.kafka.admin.default.api.timeout.ms", "1000",
                "flowcraft.kafka.admin.request.timeout.ms", "500"));

    assertThatThrownBy(() -> Kafka.open(nowhere))
        .isInstanceOfSatisfying(
            FlowcraftException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BACKEND))
        .hasMessageContaining("127.0.0.1:1")
        .hasMessageContaining("Check that the cluster is reachable");
  }
}
