package io.flowcraft.queue.kafka;

import io.flowcraft.error.ErrorCode;
import io.flowcraft.error.FlowcraftException;
import io.flowcraft.queue.kafka.KafkaSettings.TopicSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.FinalizedVersionRange;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What has to be so in the cluster before jobs flow: topics, the kind of group, its settings. */
final class Cluster implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Cluster.class);

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** Claims are over within minutes; the rest is for people who look into it. */
  private static final Duration CLAIMS_KEPT = Duration.ofDays(1);

  private static final Duration DEAD_LETTERS_KEPT = Duration.ofDays(90);

  /** The level of {@code metadata.version} with which Kafka 4.2 begins. */
  private static final short KAFKA_4_2 = 28;

  private final KafkaSettings settings;
  private final Admin admin;

  Cluster(KafkaSettings settings, Map<String, Object> config) {
    this.settings = settings;
    this.admin = Admin.create(config);
  }

  /**
   * Makes missing topics, or refuses.
   *
   * @return how existing topics differ from the settings, if they do
   */
  Optional<String> prepareTopics() {
    Map<String, NewTopic> wanted = new HashMap<>();
    TopicSettings topics = settings.topics();
    add(wanted, settings.names().jobs(), topics.retention());
    add(wanted, settings.names().deadLetters(), DEAD_LETTERS_KEPT);
    add(wanted, settings.names().claims(), CLAIMS_KEPT);
    Map<String, TopicDescription> found = describe(wanted.keySet());
    List<NewTopic> missing =
        wanted.values().stream().filter(topic -> !found.containsKey(topic.name())).toList();
    if (!missing.isEmpty()) {
      create(missing);
    }
    return found.isEmpty() ? Optional.empty() : validate(found, wanted);
  }

  private void add(Map<String, NewTopic> wanted, String name, Duration retention) {
    wanted.put(
        name,
        new NewTopic(
                name,
                Optional.of(settings.topics().partitions()),
                Optional.of(settings.topics().replication()).filter(replicas -> replicas > 0))
            .configs(
                Map.of(
                    TopicConfig.CLEANUP_POLICY_CONFIG,
                    TopicConfig.CLEANUP_POLICY_DELETE,
                    TopicConfig.RETENTION_MS_CONFIG,
                    Long.toString(retention.toMillis()),
                    TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                    Integer.toString(neededMessageBytes()))));
  }

  private int neededMessageBytes() {
    return Math.max(1_048_588, settings.maxJobBytes() + 16_384);
  }

  private Map<String, TopicDescription> describe(Set<String> names) {
    Map<String, TopicDescription> found = new HashMap<>();
    admin
        .describeTopics(names)
        .topicNameValues()
        .forEach(
            (name, description) -> {
              try {
                found.put(name, answer("describe the topic " + name, description));
              } catch (FlowcraftException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                  throw e;
                }
              }
            });
    return found;
  }

  private void create(List<NewTopic> missing) {
    List<String> names = missing.stream().map(NewTopic::name).sorted().toList();
    if (!settings.topics().create()) {
      throw new FlowcraftException(
          ErrorCode.CONFIG_INVALID,
          "The Kafka cluster "
              + settings.bootstrapServers()
              + " lacks the topics "
              + names
              + ", and flowcraft.kafka.create-topics is false. Create them, or allow it.");
    }
    admin
        .createTopics(missing)
        .values()
        .forEach(
            (name, created) -> {
              try {
                answer("create the topic " + name, created);
                log.info("Created the topic {}.", name);
              } catch (FlowcraftException e) {
                // Another process of the fleet may have started at the same moment.
                if (!(e.getCause() instanceof TopicExistsException)) {
                  throw e;
                }
              }
            });
  }

  private Optional<String> validate(
      Map<String, TopicDescription> found, Map<String, NewTopic> wanted) {
    List<ConfigResource> resources =
        found.keySet().stream()
            .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
            .toList();
    Map<ConfigResource, Config> configs =
        answer("read the configuration of topics", admin.describeConfigs(resources).all());
    TopicReport report = new TopicReport();
    for (ConfigResource resource : resources) {
      String name = resource.name();
      Config config = configs.get(resource);
      TopicDescription description = found.get(name);
      NewTopic topic = wanted.get(name);
      if (config != null && description != null && topic != null) {
        report.compare(topic, description, config);
      }
    }
    report
        .fatal()
        .ifPresent(
            text -> {
              throw new FlowcraftException(ErrorCode.CONFIG_INVALID, text);
            });
    return report.differences();
  }

  /**
   * The kind of group to use.
   *
   * @throws FlowcraftException if share groups are asked for and the cluster has none
   */
  QueueMode chooseMode() {
    if (settings.mode() == QueueMode.CONSUMER) {
      return QueueMode.CONSUMER;
    }
    Map<String, FinalizedVersionRange> features =
        answer("ask for the features of the cluster", admin.describeFeatures().featureMetadata())
            .finalizedFeatures();
    boolean ready =
        level(features, "share.version") >= 1 && level(features, "metadata.version") >= KAFKA_4_2;
    if (settings.mode() == QueueMode.SHARE && !ready) {
      throw new FlowcraftException(
          ErrorCode.CONFIG_INVALID,
          "flowcraft.kafka.mode is share, and the cluster "
              + settings.bootstrapServers()
              + " has the features share.version "
              + level(features, "share.version")
              + " and metadata.version "
              + level(features, "metadata.version")
              + "; expected: 1 or more, and "
              + KAFKA_4_2
              + " or more (Kafka 4.2). Upgrade the cluster, or use the mode auto or consumer.");
    }
    return ready ? QueueMode.SHARE : QueueMode.CONSUMER;
  }

  private static short level(Map<String, FinalizedVersionRange> features, String name) {
    FinalizedVersionRange range = features.get(name);
    return range == null ? 0 : range.maxVersionLevel();
  }

  /**
   * Makes the settings of the group. A share group begins with the records that come after its
   * first member, unless told otherwise before: jobs that were handed in earlier would be skipped.
   */
  void configureGroup(QueueMode mode) {
    ConfigResource group = new ConfigResource(ConfigResource.Type.GROUP, settings.names().group());
    Map<String, String> wanted = new HashMap<>();
    settings
        .clients()
        .forEach(
            (key, value) -> {
              if (key.startsWith("group.")) {
                wanted.put(key.substring("group.".length()), value);
              }
            });
    if (mode == QueueMode.SHARE) {
      wanted.put("share.auto.offset.reset", "earliest");
    }
    if (wanted.isEmpty()) {
      return;
    }
    Collection<AlterConfigOp> changes =
        wanted.entrySet().stream()
            .map(
                entry ->
                    new AlterConfigOp(
                        new ConfigEntry(entry.getKey(), entry.getValue()),
                        AlterConfigOp.OpType.SET))
            .collect(Collectors.toCollection(ArrayList::new));
    answer(
        "configure the group " + group.name(),
        admin.incrementalAlterConfigs(Map.of(group, changes)).all());
  }

  private <T> T answer(String what, KafkaFuture<T> future) {
    try {
      return future.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw failed(what, e.getCause() == null ? e : e.getCause());
    } catch (TimeoutException e) {
      throw failed(what, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failed(what, e);
    }
  }

  private FlowcraftException failed(String what, Throwable cause) {
    return new FlowcraftException(
        ErrorCode.BACKEND,
        "Could not "
            + what
            + " at the Kafka cluster "
            + settings.bootstrapServers()
            + ": "
            + cause
            + ". Check that the cluster is reachable and the client is allowed to.",
        cause);
  }

  @Override
  public void close() {
    admin.close(Duration.ofSeconds(5));
  }
}
