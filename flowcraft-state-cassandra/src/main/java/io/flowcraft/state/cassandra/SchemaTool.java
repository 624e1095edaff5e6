package io.flowcraft.state.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.ResultSet;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import io.flowcraft.error.ErrorCode;
import io.flowcraft.error.FlowcraftException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Creates the types and tables of the store, or verifies them and says everything that differs.
 * Blocks. Safe to run by several processes at once, and again.
 */
public final class SchemaTool {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final CqlSession session;
  private final CassandraSettings settings;
  private final Schema schema;

  /**
   * A tool for the tables that the settings name.
   *
   * @param session connected; stays its owner's to close
   */
  public SchemaTool(CqlSession session, CassandraSettings settings) {
    this.session = session;
    this.settings = settings;
    this.schema = Schema.of(settings);
  }

  /** The statements that create everything but the keyspace, each without its semicolon. */
  public static List<String> cql(CassandraSettings settings) {
    return Schema.of(settings).cql();
  }

  /** Does what {@link CassandraSettings#schema()} says. */
  void apply() {
    switch (settings.schema()) {
      case CREATE -> {
        create();
        requireNoDifference();
      }
      case VERIFY -> requireNoDifference();
      case NONE -> {}
    }
  }

  /**
   * Creates what is missing. A missing keyspace is created with one copy of everything, which is
   * for development only.
   */
  public void create() {
    if (!exists("system_schema.keyspaces", "")) {
      execute(
          "CREATE KEYSPACE IF NOT EXISTS "
              + schema.keyspace()
              + " WITH replication = {'class': 'SimpleStrategy', 'replication_factor': 1}");
    }
    if (!differences().isEmpty()) {
      // The driver would look at everything again after each statement.
      boolean watched = session.isSchemaMetadataEnabled();
      session.setSchemaMetadataEnabled(false);
      try {
        schema.cql().forEach(this::execute);
      } finally {
        session.setSchemaMetadataEnabled(watched);
      }
    }
  }

  private boolean exists(String table, String condition) {
    return query(
                "SELECT keyspace_name FROM " + table + " WHERE keyspace_name = ?" + condition,
                schema.keyspace())
            .one()
        != null;
  }

  private void requireNoDifference() {
    List<String> differences = differences();
    if (!differences.isEmpty()) {
      throw new FlowcraftException(
          ErrorCode.CONFIG_INVALID,
          "The tables in Cassandra are not as this version needs them: "
              + String.join("; ", differences)
              + ". Create what is missing with the statements of docs/guides/cassandra.md, or let"
              + " flowcraft.cassandra.schema=create do it.");
    }
  }

  /** Everything that differs from what the store needs, in words; empty if nothing does. */
  public List<String> differences() {
    List<String> differences = new ArrayList<>();
    if (!exists("system_schema.keyspaces", "")) {
      differences.add("keyspace " + schema.keyspace() + " is missing");
      return differences;
    }
    schema.types().forEach((name, fields) -> compareType(name, fields, differences));
    for (Schema.Table table : schema.tables()) {
      compareTable(table, differences);
    }
    return differences;
  }

  private void compareType(String name, Map<String, String> fields, List<String> differences) {
    Row row =
        query(
                "SELECT field_names, field_types FROM system_schema.types WHERE keyspace_name = ?"
                    + " AND type_name = ?",
                schema.keyspace(),
                name)
            .one();
    if (row == null) {
      differences.add("type " + name + " is missing");
      return;
    }
    List<String> names = row.getList("field_names", String.class);
    List<String> types = row.getList("field_types", String.class);
    Map<String, String> found = new TreeMap<>();
    for (int i = 0; names != null && types != null && i < names.size(); i++) {
      found.put(names.get(i), types.get(i));
    }
    compare("type " + name, "field", fields, found, differences);
  }

  private void compareTable(Schema.Table table, List<String> differences) {
    Map<String, String> found = new TreeMap<>();
    Map<String, String> keys = new TreeMap<>();
    for (Row row :
        query(
            "SELECT column_name, kind, position, type FROM system_schema.columns WHERE"
                + " keyspace_name = ? AND table_name = ?",
            schema.keyspace(),
            table.name())) {
      String kind = String.valueOf(row.getString("kind"));
      String column = String.valueOf(row.getString("column_name"));
      found.put(column, row.getString("type") + (kind.equals("static") ? " static" : ""));
      if (kind.equals("partition_key") || kind.equals("clustering")) {
        keys.put(kind + row.getInt("position"), column);
      }
    }
    if (found.isEmpty()) {
      differences.add("table " + table.name() + " is missing");
      return;
    }
    compare("table " + table.name(), "column", table.columns(), found, differences);
    Map<String, String> expected = new TreeMap<>();
    for (int i = 0; i < table.partition().size(); i++) {
      expected.put("partition_key" + i, table.partition().get(i));
    }
    for (int i = 0; i < table.clustering().size(); i++) {
      expected.put("clustering" + i, table.clustering().get(i));
    }
    if (!expected.equals(keys)) {
      differences.add(
          "table " + table.name() + " has the primary key " + keys + "; expected: " + expected);
    }
  }

  private static void compare(
      String owner,
      String what,
      Map<String, String> expected,
      Map<String, String> found,
      List<String> differences) {
    expected.forEach(
        (name, type) -> {
          String there = found.get(name);
          if (there == null) {
            differences.add(owner + " lacks the " + what + " " + name + " " + type);
          } else if (!there.equals(type)) {
            differences.add(
                owner + " has the " + what + " " + name + " " + there + "; expected: " + type);
          }
        });
  }

  private ResultSet query(String cql, Object... values) {
    return session.execute(SimpleStatement.newInstance(cql, values).setTimeout(PATIENCE));
  }

  private void execute(String cql) {
    session.execute(SimpleStatement.newInstance(cql).setTimeout(PATIENCE));
  }
}
