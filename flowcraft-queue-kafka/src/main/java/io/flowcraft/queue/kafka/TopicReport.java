package io.flowcraft.queue.kafka;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.TopicConfig;

/** How existing topics differ from what the settings ask for. */
final class TopicReport {

  private final List<String> differences = new ArrayList<>();
  private final List<String> fatal = new ArrayList<>();

  void compare(NewTopic wanted, TopicDescription found, Config config) {
    String name = wanted.name();
    differ(name, "partitions", wanted.numPartitions(), found.partitions().size());
    int replicas =
        found.partitions().stream()
            .mapToInt(partition -> partition.replicas().size())
            .min()
            .orElse(0);
    if (wanted.replicationFactor() > 0) {
      differ(name, "replicas", wanted.replicationFactor(), replicas);
    }
    Map<String, String> configs = wanted.configs();
    differ(
        name,
        TopicConfig.RETENTION_MS_CONFIG,
        configs.getOrDefault(TopicConfig.RETENTION_MS_CONFIG, ""),
        value(config, TopicConfig.RETENTION_MS_CONFIG));
    String cleanup = value(config, TopicConfig.CLEANUP_POLICY_CONFIG);
    if (cleanup.contains(TopicConfig.CLEANUP_POLICY_COMPACT)) {
      fatal.add(
          name
              + ": cleanup.policy is "
              + cleanup
              + "; expected: delete, as compaction removes records that nobody has read");
    }
    sizes(name, configs, config);
  }

  private void sizes(String name, Map<String, String> configs, Config config) {
    String wanted = configs.get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG);
    String found = value(config, TopicConfig.MAX_MESSAGE_BYTES_CONFIG);
    if (wanted != null && !found.isEmpty() && Long.parseLong(found) < Long.parseLong(wanted)) {
      differ(name, TopicConfig.MAX_MESSAGE_BYTES_CONFIG, wanted + " or more", found);
    }
  }

  private static String value(Config config, String key) {
    ConfigEntry entry = config.get(key);
    String value = entry == null ? null : entry.value();
    return value == null ? "" : value;
  }

  private void differ(String topic, String what, Object wanted, Object found) {
    if (!String.valueOf(wanted).equals(String.valueOf(found))) {
      differences.add(topic + ": " + what + " is " + found + ", the settings say " + wanted);
    }
  }

  /** What must be changed before the queue can be used. */
  Optional<String> fatal() {
    return text("Topics of the Kafka job queue can't be used as they are:", fatal);
  }

  /** What should be looked at: it works, in another way than the settings say. */
  Optional<String> differences() {
    return text(
        "Topics of the Kafka job queue differ from the settings; they are used as they are:",
        differences);
  }

  private static Optional<String> text(String head, List<String> lines) {
    return lines.isEmpty()
        ? Optional.empty()
        : Optional.of(head + "\n- " + String.join("\n- ", lines));
  }
}
