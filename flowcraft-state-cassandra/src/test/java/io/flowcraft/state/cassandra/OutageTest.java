package io.flowcraft.state.cassandra;

import static io.flowcraft.state.cassandra.Server.EPOCH;
import static io.flowcraft.state.cassandra.Server.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import io.flowcraft.error.FlowcraftException;
import io.flowcraft.spi.Commit;
import io.flowcraft.spi.ContextStore;
import io.flowcraft.spi.Selection;
import io.flowcraft.testservers.CassandraAddress;
import io.flowcraft.testservers.TestServers;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

/** A server that does not answer in time, that can't be reached, and that comes back. */
class OutageTest {

  private static final String KEYSPACE = "outage";

  private final String runId = "run-" + UUID.randomUUID();

  private Commit commit(String name, long sequence) {
    return new Commit(runId, EPOCH, List.of(Server.completed(name, sequence)), List.of());
  }

  @Test
  void callsFailWhileTheServerIsAwayAndSucceedWhenItIsBack() throws Exception {
    CassandraAddress address = TestServers.cassandra();
    try (Relay relay = new Relay(address.contactPoints().get(0));
        CqlSession session = through(relay.address(), address.datacenter());
        ContextStore store =
            CassandraContextStore.open(
                Server.settings(KEYSPACE).session(session).build(), Server.context())) {
      answer(store.create(Server.run(runId)));
      answer(store.commit(commit("before", 1)));

      relay.cut();
      assertThatThrownBy(() -> answer(store.commit(commit("during", 2))))
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(FlowcraftException.class)
          .hasMessageContaining("FC-6001")
          .hasMessageContaining(runId)
          .hasMessageContaining("Asking again is safe");
      relay.mend();

      untilAnswered(store);
      assertThat(answer(store.read(runId, Selection.ALL)).outcomes())
          .containsOnlyKeys("before", "during");
    }
  }

  /** The driver connects again in its own time, which the test's driver has set to be short. */
  private void untilAnswered(ContextStore store) throws Exception {
    for (int tries = 0; tries < 2_000; tries++) {
      try {
        answer(store.commit(commit("during", 2)));
        return;
      } catch (ExecutionException | CompletionException e) {
        assertThat(e).hasMessageContaining("FC-6001");
        answer(Async.later(Server.context().time(), Duration.ofMillis(10)));
      }
    }
    answer(store.commit(commit("during", 2)));
  }

  private static CqlSession through(InetSocketAddress relay, String datacenter) {
    return CqlSession.builder()
        .addContactPoint(relay)
        .withLocalDatacenter(datacenter)
        .withConfigLoader(
            DriverConfigLoader.programmaticBuilder()
                .withDuration(DefaultDriverOption.RECONNECTION_BASE_DELAY, Duration.ofMillis(20))
                .withDuration(DefaultDriverOption.RECONNECTION_MAX_DELAY, Duration.ofMillis(100))
                .build())
        .build();
  }

  @Test
  void aTimeoutLeavesTheEffectOpenAndSaysSo() throws Exception {
    CassandraAddress address = TestServers.cassandra();
    try (Relay relay = new Relay(address.contactPoints().get(0));
        CqlSession session = through(relay.address(), address.datacenter());
        ContextStore store =
            CassandraContextStore.open(
                Server.settings(KEYSPACE).session(session).timeout(Duration.ofMillis(500)).build(),
                Server.context())) {
      relay.silence();

      assertThatThrownBy(() -> answer(store.find(runId)))
          .hasCauseInstanceOf(FlowcraftException.class)
          .hasMessageContaining("FC-6001")
          .hasMessageContaining("did not answer in time")
          .hasMessageContaining(runId);
    }
  }

  @Test
  void nobodyThereIsAClearError() {
    CassandraSettings settings =
        CassandraSettings.builder()
            .contactPoints(
                List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 1)), "dc1")
            .credentials("me", "hush")
            .build();

    assertThatThrownBy(() -> CassandraContextStore.open(settings, Server.context()))
        .isInstanceOf(FlowcraftException.class)
        .hasMessageContaining("FC-6001")
        .hasMessageContaining("flowcraft.cassandra.contact-points")
        .hasMessageNotContaining("hush");
  }

  @Test
  void aClosedStoreSaysSo() throws Exception {
    ContextStore store = Server.open(KEYSPACE);
    store.close();

    assertThatThrownBy(() -> answer(store.find(runId))).hasMessageContaining("FC-6002");
  }
}
