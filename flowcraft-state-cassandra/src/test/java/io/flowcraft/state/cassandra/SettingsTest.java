package io.flowcraft.state.cassandra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flowcraft.error.FlowcraftException;
import io.flowcraft.spi.ContextStoreProvider;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

/** Settings are checked as a whole, and show no secrets. */
class SettingsTest {

  @Test
  void propertiesAreRead() {
    CassandraSettings settings =
        CassandraSettings.from(
            Map.of(
                "flowcraft.cassandra.contact-points", "one, two:9043",
                "flowcraft.cassandra.datacenter", "dc1",
                "flowcraft.cassandra.schema", "create",
                "flowcraft.cassandra.retention", "P30D",
                "flowcraft.cassandra.strict", "true",
                "flowcraft.queue", "kafka"));

    assertThat(settings.contactPoints())
        .containsExactly(
            InetSocketAddress.createUnresolved("one", 9042),
            InetSocketAddress.createUnresolved("two", 9043));
    assertThat(settings.schema()).isEqualTo(CassandraSettings.SchemaMode.CREATE);
    assertThat(settings.retention()).isEqualTo(Duration.ofDays(30));
    assertThat(settings.strict()).isTrue();
    assertThat(settings.contextTable()).isEqualTo("flowcraft_contexts");
    assertThat(CassandraSettings.from(Map.of()).schema())
        .isEqualTo(CassandraSettings.SchemaMode.VERIFY);
  }

  @Test
  void everythingThatIsWrongIsReportedAtOnce() {
    assertThatThrownBy(
            () ->
                CassandraSettings.from(
                    Map.of(
                        "flowcraft.cassandra.contact-points", "one:x",
                        "flowcraft.cassandra.password", "hush",
                        "flowcraft.cassandra.timeout", "fast",
                        "flowcraft.cassandra.keyspaces", "typo")))
        .isInstanceOf(FlowcraftException.class)
        .hasMessageContaining("FC-1301")
        .hasMessageContaining("\"one:x\"")
        .hasMessageContaining("datacenter is missing")
        .hasMessageContaining("username and password belong together")
        .hasMessageContaining("\"fast\"")
        .hasMessageContaining("flowcraft.cassandra.keyspaces is not known")
        .hasMessageNotContaining("hush");
    assertThatThrownBy(
            () ->
                CassandraSettings.builder()
                    .keyspace("Bad Name")
                    .consistency("MOST", "SERIAL")
                    .timeout(Duration.ZERO)
                    .build())
        .hasMessageContaining("keyspace is \"Bad Name\"")
        .hasMessageContaining("consistency is \"MOST\"")
        .hasMessageContaining("timeout is PT0S");
  }

  @Test
  void secretsAreNotShown() {
    CassandraSettings settings = CassandraSettings.builder().credentials("me", "hush").build();

    assertThat(settings.toString()).doesNotContain("hush");
  }

  @Test
  void theProviderIsFound() {
    assertThat(ServiceLoader.load(ContextStoreProvider.class))
        .extracting(ContextStoreProvider::name)
        .contains("cassandra");
  }
}
