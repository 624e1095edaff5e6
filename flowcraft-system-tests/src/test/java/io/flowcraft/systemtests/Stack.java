package io.flowcraft.systemtests;

import io.flowcraft.testservers.CassandraAddress;
import io.flowcraft.testservers.TestServers;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** The backends that a run can stand on, chosen by properties as users choose them. */
enum Stack {
  /** One process, everything in memory: what all others are compared with. */
  IN_MEMORY,
  /** Kafka by share groups, Cassandra, Redis. */
  SHARE_GROUPS,
  /** Kafka by consumer groups, Cassandra, Redis. */
  CONSUMER_GROUPS,
  /** A queue in memory that the processes share, Cassandra, Redis. */
  MEMORY_QUEUE;

  /**
   * The configuration.
   *
   * @param space keeps topics, keyspace and keys apart from those of others
   */
  Map<String, String> properties(String space) {
    Map<String, String> properties = new LinkedHashMap<>();
    switch (this) {
      case IN_MEMORY -> {
        properties.put("flowcraft.queue", "memory");
        properties.put("flowcraft.state", "memory");
        properties.put("flowcraft.coordination", "memory");
      }
      case SHARE_GROUPS -> addKafka(properties, space, "share");
      case CONSUMER_GROUPS -> addKafka(properties, space, "consumer");
      case MEMORY_QUEUE -> {}
    }
    if (this != IN_MEMORY) {
      addCassandra(properties, space);
      properties.put("flowcraft.coordination", "redis");
      properties.put("flowcraft.redis.uri", TestServers.redis());
      properties.put("flowcraft.redis.key-prefix", space + ":");
    }
    return properties;
  }

  private static void addKafka(Map<String, String> properties, String space, String mode) {
    properties.put("flowcraft.queue", "kafka");
    properties.put("flowcraft.kafka.bootstrap-servers", TestServers.kafka());
    properties.put("flowcraft.kafka.mode", mode);
    properties.put("flowcraft.kafka.namespace", space);
    properties.put("flowcraft.kafka.partitions", "4");
  }

  private static void addCassandra(Map<String, String> properties, String space) {
    CassandraAddress address = TestServers.cassandra();
    properties.put("flowcraft.state", "cassandra");
    properties.put(
        "flowcraft.cassandra.contact-points",
        address.contactPoints().stream().map(Stack::text).collect(Collectors.joining(",")));
    properties.put("flowcraft.cassandra.datacenter", address.datacenter());
    properties.put("flowcraft.cassandra.keyspace", space.replace('-', '_'));
    properties.put("flowcraft.cassandra.schema", "create");
    properties.put("flowcraft.cassandra.timeout", "PT20S");
  }

  private static String text(InetSocketAddress point) {
    return point.getHostString() + ":" + point.getPort();
  }
}
