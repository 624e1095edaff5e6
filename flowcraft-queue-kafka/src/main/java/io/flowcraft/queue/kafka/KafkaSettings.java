package io.flowcraft.queue.kafka;

import io.flowcraft.error.FlowcraftException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How the job queue uses a Kafka cluster. Immutable; checked as a whole.
 *
 * @param bootstrapServers where the cluster is found: {@code host:port}, several with commas
 * @param mode by which kind of group the workers share the jobs
 * @param names the topics and the group: what keeps applications on one cluster apart
 * @param topics how topics are made
 * @param maxInFlight how many deliveries a subscription has open at most, whatever it asks for; at
 *     least 1. It bounds the memory of a worker
 * @param maxJobBytes how large an encoded job may be, in bytes
 * @param deliveryLimit after what time a delivery without sign of life is given to somebody else
 * @param clients what is handed to the Kafka clients as it is: keys begin with {@code client.} (all
 *     clients), {@code producer.}, {@code consumer.}, {@code admin.} or {@code group.} (settings of
 *     the group, made before the first worker joins). May hold secrets, so it is never printed
 */
public record KafkaSettings(
    String bootstrapServers,
    QueueMode mode,
    Names names,
    TopicSettings topics,
    int maxInFlight,
    int maxJobBytes,
    Duration deliveryLimit,
    Map<String, String> clients) {

  /**
   * Topics and group.
   *
   * @param jobs the topic of the jobs
   * @param deadLetters the topic of the jobs that were set aside
   * @param claims the topic that guards deliveries which outlast their record
   * @param group the group that the workers share
   */
  public record Names(String jobs, String deadLetters, String claims, String group) {

    /** The names within a namespace: {@code <namespace>-jobs} and so on. */
    public static Names of(String namespace) {
      return new Names(
          namespace + "-jobs",
          namespace + "-dead-letters",
          namespace + "-claims",
          namespace + "-workers");
    }
  }

  /**
   * How topics are made. Existing topics are never changed; differences are reported.
   *
   * @param create whether missing topics are made; if not, they are an error
   * @param partitions how many partitions each gets; at least 1
   * @param replication how many replicas each partition gets; -1 for the default of the cluster
   * @param retention how long the cluster keeps a job that nobody takes. What is older is lost to
   *     the queue, so it should be longer than any outage of all workers
   */
  public record TopicSettings(
      boolean create, int partitions, short replication, Duration retention) {}

  /**
   * Checks everything.
   *
   * @throws FlowcraftException with every problem, code {@code FC-1301}
   */
  public KafkaSettings {
    clients = Map.copyOf(clients);
    List<String> problems =
        SettingsCheck.problems(
            bootstrapServers, names, topics, maxInFlight, maxJobBytes, deliveryLimit, clients);
    if (!problems.isEmpty()) {
      throw SettingsCheck.invalid(problems);
    }
  }

  /**
   * The settings for a cluster, with the default of everything else, in the namespace {@code
   * flowcraft}.
   */
  public static KafkaSettings of(String bootstrapServers) {
    return from(Map.of(SettingsReader.PREFIX + "bootstrap-servers", bootstrapServers));
  }

  /**
   * Reads the settings from flat configuration: the keys that begin with {@code flowcraft.kafka.}.
   *
   * @throws FlowcraftException with every problem, code {@code FC-1301}: values that can't be read,
   *     keys that mean nothing, settings that are not acceptable
   */
  public static KafkaSettings from(Map<String, String> properties) {
    return new SettingsReader(properties).read();
  }

  /** Without the values that are handed to the clients: passwords may be among them. */
  @Override
  public String toString() {
    return "KafkaSettings[bootstrapServers="
        + bootstrapServers
        + ", mode="
        + mode
        + ", names="
        + names
        + ", topics="
        + topics
        + ", maxInFlight="
        + maxInFlight
        + ", maxJobBytes="
        + maxJobBytes
        + ", deliveryLimit="
        + deliveryLimit
        + ", clients="
        + new TreeMap<>(clients).keySet()
        + "]";
  }
}
