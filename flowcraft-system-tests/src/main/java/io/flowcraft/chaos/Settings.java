package io.flowcraft.chaos;

import io.flowcraft.testservers.CassandraAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/** The configuration of everybody in the fleet. */
final class Settings {

  static final String LOCK = "flowcraft.kafka.group.share.record.lock.duration.ms";

  private Settings() {}

  /** Properties with names of topics, tables and keys that nobody else uses. */
  static Map<String, String> of(String kafka, CassandraAddress cassandra, String redis) {
    String space = "chaos" + Long.toString(UUID.randomUUID().getMostSignificantBits() >>> 1, 36);
    Map<String, String> properties = new LinkedHashMap<>();
    properties.put("flowcraft.queue", "kafka");
    properties.put("flowcraft.kafka.bootstrap-servers", kafka);
    properties.put("flowcraft.kafka.mode", "share");
    properties.put("flowcraft.kafka.namespace", space);
    properties.put("flowcraft.kafka.partitions", "4");
    // The jobs of a worker that is no more come again then; brokers allow no less, by default.
    properties.put(LOCK, "15000");
    properties.put("flowcraft.state", "cassandra");
    properties.put(
        "flowcraft.cassandra.contact-points",
        cassandra.contactPoints().stream()
            .map(point -> point.getHostString() + ":" + point.getPort())
            .collect(Collectors.joining(",")));
    properties.put("flowcraft.cassandra.datacenter", cassandra.datacenter());
    properties.put("flowcraft.cassandra.keyspace", space);
    properties.put("flowcraft.cassandra.schema", "create");
    properties.put("flowcraft.cassandra.timeout", "PT20S");
    properties.put("flowcraft.coordination", "redis");
    properties.put("flowcraft.redis.uri", redis);
    properties.put("flowcraft.redis.key-prefix", space + ":");
    // Each call that a killed Redis leaves behind blocks for this long, and once more per retry.
    properties.put("flowcraft.redis.timeout", "3s");
    // What ended long ago needs no memory.
    properties.put("flowcraft.redis.run-ttl", "15m");
    return properties;
  }
}
