package io.flowcraft.coord.redis;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.datastax.oss.driver.api.core.CqlSession;
import io.flowcraft.coord.redis.internal.ServerCheck;
import io.flowcraft.flow.Flow;
import io.flowcraft.node.NodeResult;
import io.flowcraft.run.RunStatus;
import io.flowcraft.runtime.FlowRuntime;
import io.flowcraft.spi.CoordinationStore;
import io.flowcraft.testservers.CassandraAddress;
import io.flowcraft.testservers.RedisServer;
import io.flowcraft.testservers.TestServers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.redisson.Redisson;
import org.redisson.api.RedissonClient;
import org.redisson.config.Config;
import org.slf4j.LoggerFactory;

/** How the store is found, made and warned about. */
class RedisStartTest {

  @Test
  void theRuntimeFindsItByName() {
    Flow flow =
        Flow.named("found")
            .node("a", context -> NodeResult.output(1))
            .node("b", context -> NodeResult.output(2))
            .edge("a", "b")
            .build();
    try (FlowRuntime runtime =
        FlowRuntime.builder()
            .flow(flow)
            .properties(
                Map.of(
                    "flowcraft.coordination", "redis", "flowcraft.redis.uri", TestServers.redis()))
            .build()) {
      assertThat(runtime.run(flow, Map.of()).status()).isEqualTo(RunStatus.COMPLETED);
    }
  }

  @Test
  void aConfigurationFileIsRead(@TempDir Path home) throws Exception {
    Path file =
        Files.writeString(
            home.resolve("redisson.yaml"),
            "singleServerConfig:\n  address: \"" + TestServers.redis() + "\"\n");
    RedisSettings settings =
        RedisSettings.from(Map.of("flowcraft.redis.config-file", file.toString()), Map.of());
    try (CoordinationStore store = RedisCoordinationStore.open(settings)) {
      assertThat(store.get("nothing").toCompletableFuture().join()).isNull();
    }
  }

  @Test
  void aClientOfTheCallerIsUsedAndLeftOpen() {
    Config config = new Config();
    config.useSingleServer().setAddress(TestServers.redis());
    RedissonClient client = Redisson.create(config);
    try {
      RedisSettings settings = RedisSettings.at().withKeyPrefix("given:");
      try (CoordinationStore store = RedisCoordinationStore.open(client, settings)) {
        assertThat(store.setIfAbsent("k", "v", Duration.ofMinutes(1)).toCompletableFuture().join())
            .isTrue();
      }
      assertThat(client.isShutdown()).isFalse();
      assertThat(client.getKeys().countExists("given:value:{k}")).isEqualTo(1);
    } finally {
      client.shutdown();
    }
  }

  @Test
  void aServerThatEvictsIsWarnedAbout() {
    try (RedisServer server = new RedisServer("--maxmemory-policy", "volatile-lru")) {
      server.start();
      assertThat(warnings(server)).hasSize(1);
      assertThat(warnings(server).get(0)).contains("volatile-lru").contains("noeviction");
    }
    assertThat(warningsOf(TestServers.redis())).isEmpty();
  }

  private static java.util.List<String> warnings(RedisServer server) {
    return warningsOf(server.address());
  }

  private static java.util.List<String> warningsOf(String address) {
    Logger logger = (Logger) LoggerFactory.getLogger(ServerCheck.class);
    ListAppender<ILoggingEvent> said = new ListAppender<>();
    said.start();
    logger.addAppender(said);
    RedisCoordinationStore.open(RedisSettings.at(address)).close();
    logger.detachAppender(said);
    return said.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
  }

  /** Both drivers use Netty, and each was built for another line of it. */
  @Test
  void theCassandraDriverWorksOnTheSameClassPath() {
    CassandraAddress address = TestServers.cassandra();
    try (CqlSession session =
            CqlSession.builder()
                .addContactPoints(address.contactPoints())
                .withLocalDatacenter(address.datacenter())
                .build();
        CoordinationStore store =
            RedisCoordinationStore.open(RedisSettings.at(TestServers.redis()))) {
      assertThat(session.execute("SELECT release_version FROM system.local").one()).isNotNull();
      assertThat(store.get("nothing").toCompletableFuture().join()).isNull();
    }
  }
}
