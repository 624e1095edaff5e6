package io.flowcraft.state.cassandra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import io.flowcraft.error.FlowcraftException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is created, what is found to differ, and that tables are written in one way only. */
class SchemaToolTest {

  private final CqlSession session = Server.session();

  @Test
  void everyDifferenceIsReported() {
    String keyspace = Server.keyspace("schema");
    CassandraSettings settings =
        CassandraSettings.builder().session(session).keyspace(keyspace).build();
    SchemaTool tool = new SchemaTool(session, settings);
    assertThat(tool.differences()).containsExactly("keyspace " + keyspace + " is missing");
    tool.create();
    assertThat(tool.differences()).isEmpty();
    tool.create();

    execute("DROP TABLE " + keyspace + ".flowcraft_history");
    execute("ALTER TABLE " + keyspace + ".flowcraft_statuses DROP start_token");
    execute("DROP TABLE " + keyspace + ".flowcraft_ended");
    execute(
        "CREATE TABLE "
            + keyspace
            + ".flowcraft_ended (shard text, run_id text, blueprint_id text, PRIMARY KEY (run_id))");

    assertThat(tool.differences())
        .containsExactlyInAnyOrder(
            "table flowcraft_history is missing",
            "table flowcraft_statuses lacks the column start_token text",
            "table flowcraft_ended has the column shard text; expected: int",
            "table flowcraft_ended has the primary key {partition_key0=run_id}; expected:"
                + " {clustering0=run_id, partition_key0=shard}");
    assertThatThrownBy(() -> CassandraContextStore.open(settings, Server.context()))
        .isInstanceOf(FlowcraftException.class)
        .hasMessageContaining("FC-1301")
        .hasMessageContaining("flowcraft_history is missing")
        .hasMessageContaining("lacks the column start_token")
        .hasMessageContaining("flowcraft.cassandra.schema=create");
    execute("DROP KEYSPACE " + keyspace);
  }

  private void execute(String cql) {
    session.execute(SimpleStatement.newInstance(cql).setTimeout(Duration.ofSeconds(30)));
  }

  @Test
  void aColumnIsWrittenByTransactionsOrPlainlyAndNeverBoth() {
    HoldingSession recording = new HoldingSession(session);
    CassandraSettings settings = Server.settings("rules").session(recording.session()).build();
    CassandraContextStore.open(settings, Server.context());
    Schema schema = Schema.of(settings);

    assertThat(recording.prepared).hasSizeGreaterThan(20);
    for (String query : recording.prepared) {
      assertThat(query).doesNotContain("ALLOW FILTERING");
      for (Schema.Role role : Schema.Role.values()) {
        if (query.contains(schema.table(role) + " ") && !query.startsWith("SELECT")) {
          check(role, query);
        }
      }
    }
  }

  private static void check(Schema.Role role, String query) {
    boolean conditional = query.contains(" IF ");
    switch (role.writes()) {
      // A first row with the oldest timestamp loses against every transaction.
      case CONDITIONAL ->
          assertThat(conditional || query.endsWith(" USING TIMESTAMP 1")).as(query).isTrue();
      case PLAIN -> assertThat(conditional).as(query).isFalse();
      // Conditional batches write rows without a timestamp of their own; plain writes have one.
      case BY_GENERATION ->
          assertThat(
                  query.contains("USING TIMESTAMP")
                      || query.startsWith("DELETE")
                      || query.contains("SET sealed")
                      || conditional
                      || query.startsWith("INSERT"))
              .as(query)
              .isTrue();
    }
    if (query.startsWith("UPDATE")) {
      boolean strictColumn = query.contains("SET version");
      boolean runColumn = role.writes() == Schema.Writes.CONDITIONAL;
      assertThat(conditional).as(query).isEqualTo(strictColumn || runColumn);
    }
  }

  @Test
  void theGuideShowsTheStatements() throws IOException {
    List<String> statements = SchemaTool.cql(CassandraSettings.builder().build());
    String guide = Files.readString(Path.of("../docs/guides/cassandra.md"));

    assertThat(guide).contains(String.join(";\n\n", statements) + ";");
  }
}
