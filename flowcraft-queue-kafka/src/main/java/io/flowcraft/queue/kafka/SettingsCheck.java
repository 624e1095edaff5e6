package io.flowcraft.queue.kafka;

import io.flowcraft.error.ErrorCode;
import io.flowcraft.error.FlowcraftException;
import io.flowcraft.queue.kafka.KafkaSettings.Names;
import io.flowcraft.queue.kafka.KafkaSettings.TopicSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Says everything that is wrong with settings, at once. */
final class SettingsCheck {

  /** What Kafka accepts as the name of a topic, and what a group may well be called, too. */
  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9._-]{1,249}");

  private static final int LARGEST_JOB = 100_000_000;

  /** What the queue decides itself, as it would break otherwise. */
  private static final Set<String> OURS =
      Set.of(
          "bootstrap.servers",
          "key.serializer",
          "value.serializer",
          "key.deserializer",
          "value.deserializer",
          "group.id",
          "enable.auto.commit",
          "enable.idempotence",
          "acks",
          "transactional.id",
          "isolation.level",
          "auto.offset.reset",
          "max.poll.records",
          "share.acknowledgement.mode",
          "share.auto.offset.reset",
          "share.acquire.mode");

  private final List<String> problems = new ArrayList<>();

  private SettingsCheck() {}

  static List<String> problems(
      String bootstrapServers,
      Names names,
      TopicSettings topics,
      int maxInFlight,
      int maxJobBytes,
      Duration deliveryLimit,
      Map<String, String> clients) {
    SettingsCheck check = new SettingsCheck();
    check.require(
        !bootstrapServers.isBlank(),
        "bootstrap-servers is empty; expected: host:port, several with commas");
    check.names(names);
    check.topics(topics);
    check.require(maxInFlight >= 1, "max-in-flight is " + maxInFlight + "; expected: 1 or more");
    check.require(
        maxJobBytes >= 1_000 && maxJobBytes <= LARGEST_JOB,
        "max-job-bytes is " + maxJobBytes + "; expected: a number from 1000 to " + LARGEST_JOB);
    check.require(
        deliveryLimit.toMillis() >= 100,
        "delivery-limit is " + deliveryLimit + "; expected: PT0.1S or more");
    check.clients(clients);
    return check.problems;
  }

  private void names(Names names) {
    name("topic", names.jobs());
    name("dead-letter-topic", names.deadLetters());
    name("claim-topic", names.claims());
    name("group", names.group());
    Set<String> topics = Set.copyOf(List.of(names.jobs(), names.deadLetters(), names.claims()));
    require(
        topics.size() == 3,
        "topic, dead-letter-topic and claim-topic are "
            + List.of(names.jobs(), names.deadLetters(), names.claims())
            + "; expected: three different topics");
  }

  private void name(String key, String name) {
    require(
        NAME.matcher(name).matches() && !name.equals(".") && !name.equals(".."),
        key
            + " is \""
            + name
            + "\"; expected: up to 249 of the characters a-z, A-Z, 0-9, '.', '_' and '-'");
  }

  private void topics(TopicSettings topics) {
    require(
        topics.partitions() >= 1, "partitions is " + topics.partitions() + "; expected: 1 or more");
    require(
        topics.replication() == -1 || topics.replication() >= 1,
        "replication is " + topics.replication() + "; expected: 1 or more, or -1");
    require(
        topics.retention().compareTo(Duration.ofMinutes(1)) >= 0,
        "retention is " + topics.retention() + "; expected: PT1M or more");
  }

  private void clients(Map<String, String> clients) {
    for (String key : new TreeSet<>(clients.keySet())) {
      String own = key.substring(key.indexOf('.') + 1);
      require(
          !OURS.contains(own),
          key + " can't be set: the queue decides \"" + own + "\" itself; remove the setting");
    }
  }

  private void require(boolean condition, String problem) {
    if (!condition) {
      problems.add(SettingsReader.PREFIX + problem);
    }
  }

  static FlowcraftException invalid(List<String> problems) {
    return new FlowcraftException(
        ErrorCode.CONFIG_INVALID,
        "The Kafka job queue can't be configured like this:\n- " + String.join("\n- ", problems));
  }
}
