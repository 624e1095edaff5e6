package io.flowcraft.testservers;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A Kafka of one node, broker and controller in one process, with share groups. Topics are not
 * created by themselves. The address is what clients take as {@code bootstrap.servers}.
 */
public final class KafkaServer extends ProcessServer<String> {

  private static final String CLUSTER = "Zmxvd2NyYWZ0LXRlc3RzIQ";

  private final Map<String, String> settings;

  /** A server with the settings of the shared one. */
  public KafkaServer() {
    this(Map.of());
  }

  /**
   * A server with settings of its own.
   *
   * @param settings server properties, added to the others or in their place
   */
  public KafkaServer(Map<String, String> settings) {
    this(settings, Workspace.temporary());
  }

  KafkaServer(Map<String, String> settings, Path parent) {
    super("kafka", Probe.KAFKA, 2, parent);
    this.settings = Map.copyOf(settings);
  }

  @Override
  String address(int port) {
    return "127.0.0.1:" + port;
  }

  @Override
  void layOut(Place place) {
    Path properties = properties(place);
    List<String> lines = new ArrayList<>();
    all(place).forEach((key, value) -> lines.add(key + "=" + value));
    Workspace.write(properties, lines);
    List<String> command = java("-Xmx128m", "-XX:TieredStopAtLevel=1");
    command.addAll(List.of("kafka.tools.StorageTool", "format", "-t", CLUSTER, "-c"));
    command.add(properties.toString());
    ServerProcess.run("kafka-format", place.directory(), command);
  }

  private Map<String, String> all(Place place) {
    String client = "PLAINTEXT://" + address(place.port());
    String controller = address(place.ports().get(1));
    Map<String, String> all = new LinkedHashMap<>();
    all.put("process.roles", "broker,controller");
    all.put("node.id", "1");
    all.put("listeners", client + ",CONTROLLER://" + controller);
    all.put("advertised.listeners", client);
    all.put("controller.quorum.voters", "1@" + controller);
    all.put("controller.listener.names", "CONTROLLER");
    all.put("log.dirs", place.directory().resolve("data").toString());
    all.put("auto.create.topics.enable", "false");
    // One node, and few partitions to open when the first group comes.
    for (String topic : List.of("offsets.topic", "share.coordinator.state.topic")) {
      all.put(topic + ".replication.factor", "1");
      all.put(topic + ".num.partitions", "4");
    }
    all.put("share.coordinator.state.topic.min.isr", "1");
    all.put("transaction.state.log.replication.factor", "1");
    all.put("transaction.state.log.min.isr", "1");
    all.put("transaction.state.log.num.partitions", "4");
    all.put("group.initial.rebalance.delay.ms", "0");
    // So that tests may see a lock expire without waiting for half a minute.
    all.put("group.share.min.record.lock.duration.ms", "1000");
    all.putAll(settings);
    return all;
  }

  private static Path properties(Place place) {
    return place.directory().resolve("server.properties");
  }

  @Override
  List<String> command(Place place) {
    List<String> command = java("-Xms64m", "-Xmx512m", "-XX:+UseSerialGC");
    command.add("kafka.Kafka");
    command.add(properties(place).toString());
    return command;
  }

  private static List<String> java(String... options) {
    List<String> command = new ArrayList<>();
    command.add(Jdks.current());
    command.addAll(List.of(options));
    command.add("-Djava.awt.headless=true");
    command.add("-cp");
    command.add(Artifacts.classPath("kafka-server"));
    return command;
  }
}
