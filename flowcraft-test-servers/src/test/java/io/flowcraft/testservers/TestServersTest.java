package io.flowcraft.testservers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TestServersTest {

  @Test
  void everyServerAnswers() {
    InetSocketAddress node = TestServers.cassandra().contactPoints().get(0);

    assertThat(Probe.KAFKA.answers(URI.create("kafka://" + TestServers.kafka()).getPort()))
        .isTrue();
    assertThat(Probe.CASSANDRA.answers(node.getPort())).isTrue();
    assertThat(TestServers.cassandra().datacenter()).isNotEmpty();
    assertThat(Probe.REDIS.answers(URI.create(TestServers.redis()).getPort())).isTrue();
  }

  @Test
  void theEnvironmentTellsWhereAServerIs() {
    assertThat(ServerKind.REDIS.in(Map.of())).isEmpty();
    assertThat(ServerKind.REDIS.in(Map.of("FLOWCRAFT_REDIS_URI", " "))).isEmpty();
    assertThat(ServerKind.REDIS.in(Map.of("FLOWCRAFT_REDIS_URI", "redis://there:1")))
        .contains(Map.of("FLOWCRAFT_REDIS_URI", "redis://there:1"));
  }

  @Test
  void halfAnAddressIsAnError() {
    assertThatThrownBy(
            () -> ServerKind.CASSANDRA.in(Map.of("FLOWCRAFT_CASSANDRA_DATACENTER", "here")))
        .isInstanceOf(ServersException.class)
        .hasMessageContaining("FLOWCRAFT_CASSANDRA_CONTACT_POINTS");
  }

  @Test
  void whatWasNotBuiltIsNamed() {
    assertThatThrownBy(() -> Artifacts.classPath("mainframe"))
        .isInstanceOf(ServersException.class)
        .hasMessageContaining("Build that module with Maven");
  }
}
