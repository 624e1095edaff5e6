package io.flowcraft.queue.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flowcraft.error.ErrorCode;
import io.flowcraft.error.FlowcraftException;
import io.flowcraft.spi.JobQueueProvider;
import java.time.Duration;
import java.util.Map;
import java.util.ServiceLoader;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.junit.jupiter.api.Test;

class KafkaSettingsTest {

  private static final String SERVERS = "flowcraft.kafka.bootstrap-servers";

  @Test
  void defaultsNeedNothingButACluster() {
    KafkaSettings settings = KafkaSettings.of("broker:9092");

    assertThat(settings.mode()).isEqualTo(QueueMode.AUTO);
    assertThat(settings.names()).isEqualTo(KafkaSettings.Names.of("flowcraft"));
    assertThat(settings.maxInFlight()).isEqualTo(1024);
    assertThat(settings.deliveryLimit()).isEqualTo(Duration.ofMinutes(1));
    assertThat(settings.topics().create()).isTrue();
  }

  @Test
  void aNamespaceNamesEverything() {
    KafkaSettings settings =
        KafkaSettings.from(
            Map.of(
                SERVERS,
                "b:1",
                "flowcraft.kafka.namespace",
                "shop",
                "flowcraft.kafka.group",
                "others",
                "flowcraft.queue",
                "kafka"));

    assertThat(settings.names())
        .isEqualTo(
            new KafkaSettings.Names("shop-jobs", "shop-dead-letters", "shop-claims", "others"));
  }

  @Test
  void everyProblemIsToldAtOnce() {
    assertThatThrownBy(
            () ->
                KafkaSettings.from(
                    Map.of(
                        "flowcraft.kafka.mode", "fast",
                        "flowcraft.kafka.partitions", "0",
                        "flowcraft.kafka.retention", "a week",
                        "flowcraft.kafka.max-in-fligth", "10",
                        "flowcraft.kafka.namespace", "a b",
                        "flowcraft.kafka.consumer.group.id", "mine")))
        .isInstanceOfSatisfying(
            FlowcraftException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFIG_INVALID))
        .hasMessageContaining("flowcraft.kafka.bootstrap-servers is empty")
        .hasMessageContaining("flowcraft.kafka.mode is \"fast\"; expected: auto, share or consumer")
        .hasMessageContaining("flowcraft.kafka.partitions is 0; expected: 1 or more")
        .hasMessageContaining("flowcraft.kafka.retention is \"a week\"; expected: a duration")
        .hasMessageContaining("flowcraft.kafka.max-in-fligth is no setting")
        .hasMessageContaining("flowcraft.kafka.topic is \"a b-jobs\"")
        .hasMessageContaining("flowcraft.kafka.consumer.group.id can't be set");
  }

  @Test
  void secretsAreNotPrinted() {
    KafkaSettings settings =
        KafkaSettings.from(
            Map.of(SERVERS, "b:1", "flowcraft.kafka.client.sasl.jaas.config", "password=\"hush\""));

    assertThat(settings.toString()).contains("client.sasl.jaas.config").doesNotContain("hush");
  }

  @Test
  void whatIsPassedOnReachesItsClients() {
    ClientConfigs configs =
        new ClientConfigs(
            KafkaSettings.from(
                Map.of(
                    SERVERS,
                    "b:1",
                    "flowcraft.kafka.client.security.protocol",
                    "SASL_SSL",
                    "flowcraft.kafka.consumer.fetch.max.wait.ms",
                    "100",
                    "flowcraft.kafka.producer.linger.ms",
                    "3")));

    assertThat(configs.producer())
        .containsEntry("security.protocol", "SASL_SSL")
        .containsEntry("linger.ms", "3")
        .containsEntry("acks", "all")
        .doesNotContainKey("fetch.max.wait.ms");
    assertThat(configs.share(10))
        .containsEntry("security.protocol", "SASL_SSL")
        .containsEntry("fetch.max.wait.ms", "100")
        .containsEntry(ConsumerConfig.SHARE_ACQUIRE_MODE_CONFIG, "record_limit");
    assertThat(configs.share(1000))
        .containsEntry(ConsumerConfig.SHARE_ACQUIRE_MODE_CONFIG, "batch_optimized");
    assertThat(configs.admin()).containsEntry("security.protocol", "SASL_SSL");
  }

  @Test
  void theProviderIsFoundByItsName() {
    assertThat(ServiceLoader.load(JobQueueProvider.class))
        .filteredOn(provider -> provider.name().equals("kafka"))
        .hasSize(1);
  }
}
