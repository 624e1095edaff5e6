package io.flowcraft.benchmarks.distributed;

import io.flowcraft.testservers.CassandraAddress;
import io.flowcraft.testservers.TestServers;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Where the servers are.
 *
 * @param kafka as Kafka clients take it
 * @param cassandra contact points and datacenter
 * @param redis a URI
 */
record Servers(String kafka, CassandraAddress cassandra, String redis) {

  /** Starts them, unless the environment tells where they run; they end with this process. */
  static Servers start() {
    return new Servers(TestServers.kafka(), TestServers.cassandra(), TestServers.redis());
  }

  /** What an application sets, in a namespace for each queue mode. */
  Map<String, String> properties(String queueMode) {
    return Map.of(
        "flowcraft.queue",
        "kafka",
        "flowcraft.kafka.bootstrap-servers",
        kafka,
        "flowcraft.kafka.mode",
        queueMode,
        "flowcraft.kafka.namespace",
        "bench-" + queueMode,
        "flowcraft.state",
        "cassandra",
        "flowcraft.cassandra.contact-points",
        cassandra.contactPoints().stream()
            .map(Servers::hostAndPort)
            .collect(Collectors.joining(",")),
        "flowcraft.cassandra.datacenter",
        cassandra.datacenter(),
        "flowcraft.cassandra.schema",
        "create",
        "flowcraft.coordination",
        "redis",
        "flowcraft.redis.uri",
        redis);
  }

  private static String hostAndPort(InetSocketAddress address) {
    return address.getAddress().getHostAddress() + ":" + address.getPort();
  }
}
