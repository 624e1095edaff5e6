package io.flowcraft.queue.kafka;

import io.flowcraft.queue.kafka.KafkaSettings.Names;
import io.flowcraft.queue.kafka.KafkaSettings.TopicSettings;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** Reads settings from flat configuration and gathers what can't be read. */
final class SettingsReader {

  static final String PREFIX = "flowcraft.kafka.";

  private static final List<String> PASSED_ON =
      List.of("client.", "producer.", "consumer.", "admin.", "group.");

  private final Map<String, String> left = new TreeMap<>();
  private final Map<String, String> clients = new TreeMap<>();
  private final List<String> problems = new ArrayList<>();

  SettingsReader(Map<String, String> properties) {
    properties.forEach(
        (key, value) -> {
          if (key.startsWith(PREFIX)) {
            put(key.substring(PREFIX.length()), value);
          }
        });
  }

  private void put(String key, String value) {
    if (PASSED_ON.stream().anyMatch(key::startsWith)) {
      clients.put(key, value);
    } else {
      left.put(key, value);
    }
  }

  KafkaSettings read() {
    String servers = text("bootstrap-servers", "");
    QueueMode mode =
        read(
            "mode",
            "auto",
            value -> QueueMode.valueOf(value.toUpperCase(Locale.ROOT)),
            "auto, share or consumer");
    Names names = names(text("namespace", "flowcraft"));
    TopicSettings topics = topics();
    int maxInFlight = integer("max-in-flight", 1024);
    int maxJobBytes = integer("max-job-bytes", 900_000);
    Duration limit = duration("delivery-limit", Duration.ofMinutes(1));
    left.keySet()
        .forEach(key -> problems.add(PREFIX + key + " is no setting; check it for a typing error"));
    problems.addAll(
        SettingsCheck.problems(servers, names, topics, maxInFlight, maxJobBytes, limit, clients));
    if (!problems.isEmpty()) {
      throw SettingsCheck.invalid(problems);
    }
    return new KafkaSettings(
        servers, mode, names, topics, maxInFlight, maxJobBytes, limit, clients);
  }

  private Names names(String namespace) {
    Names standard = Names.of(namespace);
    return new Names(
        text("topic", standard.jobs()),
        text("dead-letter-topic", standard.deadLetters()),
        text("claim-topic", standard.claims()),
        text("group", standard.group()));
  }

  private TopicSettings topics() {
    return new TopicSettings(
        read("create-topics", "true", SettingsReader::yesOrNo, "true or false"),
        integer("partitions", 8),
        read("replication", "-1", Short::valueOf, "a number of replicas, or -1"),
        duration("retention", Duration.ofDays(7)));
  }

  private static Boolean yesOrNo(String value) {
    return switch (value) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException(value);
    };
  }

  private String text(String key, String otherwise) {
    String value = left.remove(key);
    return value == null ? otherwise : value.trim();
  }

  private int integer(String key, int otherwise) {
    return read(key, Integer.toString(otherwise), Integer::valueOf, "a whole number");
  }

  private Duration duration(String key, Duration otherwise) {
    return read(key, otherwise.toString(), Duration::parse, "a duration such as PT30S");
  }

  private <T> T read(String key, String otherwise, Function<String, T> parse, String expected) {
    String value = text(key, otherwise);
    try {
      return parse.apply(value);
    } catch (IllegalArgumentException | DateTimeException e) {
      problems.add(PREFIX + key + " is \"" + value + "\"; expected: " + expected);
      return parse.apply(otherwise);
    }
  }
}
