package io.flowcraft.testservers;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A Cassandra of one node, without password. Its datacenter is {@code datacenter1}. It runs on Java
 * 17, which need not be the one of the build.
 */
public final class CassandraServer extends ProcessServer<CassandraAddress> {

  private static final String DATACENTER = "datacenter1";

  /** Packages of the JDK that Cassandra reaches into, by how. */
  private static final List<String> EXPORTED =
      List.of(
          "java.base/java.lang.ref",
          "java.base/java.lang.reflect",
          "java.base/jdk.internal.misc",
          "java.base/jdk.internal.ref",
          "java.base/sun.nio.ch",
          "java.management.rmi/com.sun.jmx.remote.internal.rmi",
          "java.rmi/sun.rmi.registry",
          "java.rmi/sun.rmi.server",
          "java.rmi/sun.rmi.transport.tcp",
          "java.sql/java.sql",
          "jdk.unsupported/sun.misc");

  private static final List<String> OPENED =
      List.of(
          "java.base/java.io",
          "java.base/java.lang",
          "java.base/java.lang.module",
          "java.base/java.lang.reflect",
          "java.base/java.nio",
          "java.base/java.util",
          "java.base/java.util.concurrent",
          "java.base/java.util.concurrent.atomic",
          "java.base/jdk.internal.loader",
          "java.base/jdk.internal.math",
          "java.base/jdk.internal.module",
          "java.base/jdk.internal.ref",
          "java.base/jdk.internal.reflect",
          "java.base/jdk.internal.util.jar",
          "java.base/sun.nio.ch",
          "jdk.management/com.sun.management.internal");

  /** How soon what was written survives a kill, in lines of {@code cassandra.yaml}. */
  private static final List<String> SOON =
      List.of("commitlog_sync: periodic", "commitlog_sync_period: 10000ms");

  private static final List<String> AT_ONCE = List.of("commitlog_sync: batch");

  private final List<String> commitLog;

  /**
   * A server with the settings of the shared one: a kill loses what was written in the last tenth
   * of a second, as the commit log is read up to its last mark.
   */
  public CassandraServer() {
    this(Workspace.temporary());
  }

  CassandraServer(Path parent) {
    this(parent, SOON);
  }

  private CassandraServer(Path parent, List<String> commitLog) {
    super("cassandra", Probe.CASSANDRA, 2, parent);
    this.commitLog = commitLog;
  }

  /** A server that has kept what it has acknowledged, whenever it is killed; it is slower. */
  public static CassandraServer durable() {
    return new CassandraServer(Workspace.temporary(), AT_ONCE);
  }

  @Override
  CassandraAddress address(int port) {
    return new CassandraAddress(
        List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), port)), DATACENTER);
  }

  @Override
  void layOut(Place place) {
    Path data = place.directory().resolve("data");
    int storagePort = place.ports().get(1);
    Workspace.write(
        place.directory().resolve("cassandra.yaml"),
        List.of(
            "cluster_name: flowcraft-tests",
            "num_tokens: 1",
            "auto_bootstrap: false",
            "partitioner: org.apache.cassandra.dht.Murmur3Partitioner",
            "endpoint_snitch: SimpleSnitch",
            "listen_address: 127.0.0.1",
            "rpc_address: 127.0.0.1",
            "storage_port: " + storagePort,
            "native_transport_port: " + place.port(),
            "seed_provider:",
            "  - class_name: org.apache.cassandra.locator.SimpleSeedProvider",
            "    parameters:",
            "      - seeds: \"127.0.0.1:" + storagePort + "\"",
            "data_file_directories: [" + data.resolve("data") + "]",
            "commitlog_directory: " + data.resolve("commitlog"),
            "saved_caches_directory: " + data.resolve("caches"),
            "hints_directory: " + data.resolve("hints"),
            "cdc_raw_directory: " + data.resolve("cdc"),
            String.join("\n", commitLog),
            "commitlog_segment_size: 16MiB",
            // A machine that is busy with builds is slow, and that is no failure.
            "read_request_timeout: 20000ms",
            "range_request_timeout: 20000ms",
            "write_request_timeout: 20000ms",
            "cas_contention_timeout: 20000ms",
            "request_timeout: 20000ms",
            // Two round trips for a lightweight transaction where the default, v1, takes four.
            "paxos_variant: v2",
            "memtable_heap_space: 128MiB",
            "memtable_offheap_space: 64MiB",
            "file_cache_size: 32MiB"));
    Workspace.write(
        place.directory().resolve("logback.xml"),
        List.of(
            "<configuration>",
            "<appender name=\"out\" class=\"ch.qos.logback.core.ConsoleAppender\"><encoder>",
            "<pattern>%-5level %date{ISO8601} %logger{0} - %msg%n</pattern>",
            "</encoder></appender>",
            "<root level=\"INFO\"><appender-ref ref=\"out\"/></root>",
            "</configuration>"));
  }

  @Override
  List<String> command(Place place) {
    String classPath = Artifacts.classPath("cassandra-server");
    Path directory = place.directory();
    List<String> command = new ArrayList<>();
    command.add(Jdks.forCassandra());
    command.addAll(
        List.of("-Xms256m", "-Xmx768m", "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError"));
    EXPORTED.forEach(name -> command.add("--add-exports=" + name + "=ALL-UNNAMED"));
    OPENED.forEach(name -> command.add("--add-opens=" + name + "=ALL-UNNAMED"));
    command.add("-javaagent:" + Artifacts.jar(classPath, "jamm"));
    command.add("-Djdk.attach.allowAttachSelf=true");
    command.add("-Djava.io.tmpdir=" + directory);
    command.add("-Dlogback.configurationFile=" + directory.resolve("logback.xml").toUri());
    command.add("-Dcassandra.config=" + directory.resolve("cassandra.yaml").toUri());
    command.add("-Dcassandra.storagedir=" + directory.resolve("data"));
    command.add("-Dcassandra-foreground=yes");
    // Alone, there is nobody to wait for.
    command.add("-Dcassandra.skip_wait_for_gossip_to_settle=0");
    command.add("-Dcassandra.ring_delay_ms=0");
    command.add("-Dcassandra.superuser_setup_delay_ms=0");
    command.addAll(List.of("-cp", classPath, "org.apache.cassandra.service.CassandraDaemon"));
    return command;
  }
}
