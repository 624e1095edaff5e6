package io.flowcraft.testservers;

import java.util.Map;
import java.util.function.Function;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.utility.DockerImageName;

/** Servers in containers, of the same versions as the processes. */
final class Containers {

  private static final int CASSANDRA_PORT = 9042;
  private static final int REDIS_PORT = 6379;

  private Containers() {}

  static Provision of(ServerKind kind) {
    return switch (kind) {
      case KAFKA ->
          provision(
              new KafkaContainer(DockerImageName.parse("apache/kafka:4.4.0"))
                  .withEnv("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false")
                  .withEnv("KAFKA_SHARE_COORDINATOR_STATE_TOPIC_REPLICATION_FACTOR", "1")
                  .withEnv("KAFKA_SHARE_COORDINATOR_STATE_TOPIC_MIN_ISR", "1")
                  .withEnv("KAFKA_GROUP_SHARE_MIN_RECORD_LOCK_DURATION_MS", "1000"),
              container -> kind.of(container.getBootstrapServers()));
      case CASSANDRA ->
          provision(
              new GenericContainer<>(DockerImageName.parse("cassandra:5.0.6"))
                  .withEnv("MAX_HEAP_SIZE", "768M")
                  .withEnv("HEAP_NEWSIZE", "128M")
                  .withEnv("JVM_EXTRA_OPTS", "-Dcassandra.skip_wait_for_gossip_to_settle=0")
                  .withExposedPorts(CASSANDRA_PORT)
                  .waitingFor(Wait.forLogMessage(".*Startup complete.*\\n", 1)),
              container ->
                  kind.of(
                      container.getHost() + ":" + container.getMappedPort(CASSANDRA_PORT),
                      "datacenter1"));
      case REDIS ->
          provision(
              new GenericContainer<>(DockerImageName.parse("redis:7.2-alpine"))
                  .withCommand("redis-server", "--save", "")
                  .withExposedPorts(REDIS_PORT),
              container ->
                  kind.of(
                      "redis://"
                          + container.getHost()
                          + ":"
                          + container.getMappedPort(REDIS_PORT)));
    };
  }

  private static <C extends GenericContainer<?>> Provision provision(
      C container, Function<C, Map<String, String>> tell) {
    return new Provision() {
      @Override
      public Map<String, String> start() {
        container.start();
        return tell.apply(container);
      }

      @Override
      public void close() {
        container.stop();
      }
    };
  }
}
