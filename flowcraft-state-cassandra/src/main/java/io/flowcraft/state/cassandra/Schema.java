package io.flowcraft.state.cassandra;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The types and tables of the store, in one place: statements are made from it, the schema tool
 * creates and verifies it, and the documentation shows it.
 *
 * @param keyspace the keyspace
 * @param names the table of each role
 */
record Schema(String keyspace, Map<Role, String> names) {

  static final String OUTCOME_TYPE = "flowcraft_outcome";
  static final String ENTRY_TYPE = "flowcraft_entry";

  /** How the cells of a table are written. A table is written in one way only. */
  enum Writes {
    /** By lightweight transactions, and by nothing else. */
    CONDITIONAL,
    /** By plain writes, and by nothing else. */
    PLAIN,
    /**
     * A partition is a generation of a run, and each generation is written in one way only: the one
     * that its name says.
     */
    BY_GENERATION
  }

  /** What a table is for. */
  enum Role {
    /** One row per run. */
    STATUSES(Writes.CONDITIONAL),
    /** Outcomes and context entries, one row each. */
    CONTEXTS(Writes.BY_GENERATION),
    /** Texts that are too large for a row, in parts. */
    VALUES(Writes.PLAIN),
    /** The texts of blueprints, by content, in parts. */
    BLUEPRINTS(Writes.PLAIN),
    /** Which partitions a run has. */
    PARTS(Writes.PLAIN),
    /** The events of runs. */
    HISTORY(Writes.PLAIN),
    /** Hints at runs that may be live. */
    LIVE(Writes.PLAIN),
    /** Hints at runs that have ended. */
    ENDED(Writes.PLAIN),
    /** Hints at times at which runs go on by themselves. */
    WAKES(Writes.PLAIN),
    /** Where the hints begin. */
    BOUNDS(Writes.PLAIN);

    private final Writes writes;

    Role(Writes writes) {
      this.writes = writes;
    }

    Writes writes() {
      return writes;
    }
  }

  /**
   * A table.
   *
   * @param name the name within the keyspace
   * @param columns CQL types by column, in order; {@code static} included
   * @param partition the columns of the partition key
   * @param clustering the columns of the clustering key
   * @param comment what it holds
   */
  record Table(
      String name,
      Map<String, String> columns,
      List<String> partition,
      List<String> clustering,
      String comment) {

    String cql(String keyspace) {
      StringBuilder cql =
          new StringBuilder("CREATE TABLE IF NOT EXISTS ")
              .append(keyspace)
              .append('.')
              .append(name)
              .append(" (\n");
      columns.forEach(
          (column, type) -> cql.append("  ").append(column).append(' ').append(type).append(",\n"));
      cql.append("  PRIMARY KEY ((").append(String.join(", ", partition)).append(')');
      clustering.forEach(column -> cql.append(", ").append(column));
      return cql.append(")\n) WITH comment = '").append(comment).append("'").toString();
    }
  }

  static Schema of(CassandraSettings settings) {
    Map<Role, String> names = new LinkedHashMap<>();
    for (Role role : Role.values()) {
      names.put(role, settings.tablePrefix() + role.name().toLowerCase(java.util.Locale.ROOT));
    }
    names.put(Role.CONTEXTS, settings.contextTable());
    names.put(Role.STATUSES, settings.statusTable());
    return new Schema(settings.keyspace(), Map.copyOf(names));
  }

  /** The table of a role with its keyspace, as statements name it. */
  String table(Role role) {
    return keyspace + "." + name(role);
  }

  private String name(Role role) {
    String name = names.get(role);
    if (name == null) {
      throw new IllegalArgumentException("No table for " + role);
    }
    return name;
  }

  /** The fields of each user-defined type. */
  Map<String, Map<String, String>> types() {
    Map<String, Map<String, String>> types = new LinkedHashMap<>();
    types.put(
        OUTCOME_TYPE,
        columns(
            "node_id text",
            "path text",
            "status text",
            "sequence bigint",
            "attempt int",
            "output text",
            "output_large text",
            "action text",
            "routing frozen<list<text>>",
            "detail text",
            "detail_large text",
            "wake_up_at bigint",
            "started_at bigint",
            "ended_at bigint",
            "lead text",
            "mates frozen<list<text>>"));
    types.put(
        ENTRY_TYPE,
        columns(
            "sequence bigint",
            "value text",
            "value_large text",
            "lead text",
            "mates frozen<list<text>>"));
    return types;
  }

  List<Table> tables() {
    List<Table> tables = new ArrayList<>();
    for (Role role : Role.values()) {
      tables.add(table(role, name(role)));
    }
    return tables;
  }

  private static Table table(Role role, String name) {
    return switch (role) {
      case STATUSES -> statuses(name);
      case CONTEXTS -> contexts(name);
      case VALUES ->
          new Table(
              name,
              columns("owner text", "value_id text", "part int", "data text"),
              List.of("owner", "value_id"),
              List.of("part"),
              "Large texts in parts");
      case BLUEPRINTS ->
          new Table(
              name,
              columns("content text", "part int", "data text"),
              List.of("content"),
              List.of("part"),
              "Blueprints by the hash of their content, in parts");
      case PARTS ->
          new Table(
              name,
              columns("owner text", "kind text", "id text"),
              List.of("owner"),
              List.of("kind", "id"),
              "Which partitions a run has, for its deletion");
      case HISTORY ->
          new Table(
              name,
              columns(
                  "owner text",
                  "bucket bigint",
                  "sequence bigint",
                  "at_millis bigint",
                  "type text",
                  "body text",
                  "body_large text"),
              List.of("owner", "bucket"),
              List.of("sequence"),
              "Events of runs");
      case LIVE, ENDED, WAKES, BOUNDS -> hints(role, name);
    };
  }

  private static Table hints(Role role, String name) {
    return switch (role) {
      case LIVE ->
          new Table(
              name,
              columns(
                  "slot bigint", "shard int", "run_id text", "begin_id text", "blueprint_id text"),
              List.of("slot", "shard"),
              List.of("run_id", "begin_id"),
              "Hints at runs that may be live");
      case ENDED ->
          new Table(
              name,
              columns("shard int", "run_id text", "blueprint_id text"),
              List.of("shard"),
              List.of("run_id"),
              "Hints at runs that have ended");
      case WAKES ->
          new Table(
              name,
              columns(
                  "hour bigint",
                  "shard int",
                  "at_millis bigint",
                  "run_id text",
                  "instance text",
                  "kind text",
                  "nonce bigint",
                  "wake_at bigint"),
              List.of("hour", "shard"),
              List.of("at_millis", "run_id", "instance", "kind", "nonce"),
              "Hints at times at which runs go on by themselves");
      case BOUNDS ->
          new Table(
              name,
              columns("name text", "gate bigint", "floor bigint"),
              List.of("name"),
              List.of(),
              "Where the hints begin");
      case STATUSES, CONTEXTS, VALUES, BLUEPRINTS, PARTS, HISTORY ->
          throw new IllegalArgumentException(role + " has no hints.");
    };
  }

  private static Table statuses(String name) {
    return new Table(
        name,
        columns(
            "run_id text",
            "owner text",
            "generation text",
            "previous_generation text",
            "blueprint_id text",
            "blueprint_hash text",
            "blueprint_content text",
            "parent_run_id text",
            "parent_instance text",
            "initial_context text",
            "initial_context_large text",
            "options text",
            "options_large text",
            "status text",
            "status_data text",
            "status_data_large text",
            "epoch bigint",
            "deadline_millis bigint",
            "created_at bigint",
            "began_at bigint",
            "updated_at bigint",
            "start_token text"),
        List.of("run_id"),
        List.of(),
        "Runs, written by lightweight transactions only");
  }

  private static Table contexts(String name) {
    return new Table(
        name,
        columns(
            "run_id text",
            "generation text",
            "sealed boolean static",
            "version bigint static",
            "kind text",
            "name text",
            "outcome frozen<" + OUTCOME_TYPE + ">",
            "entry frozen<" + ENTRY_TYPE + ">"),
        List.of("run_id", "generation"),
        List.of("kind", "name"),
        "Outcomes and context entries of runs");
  }

  private static Map<String, String> columns(String... definitions) {
    Map<String, String> columns = new LinkedHashMap<>();
    for (String definition : definitions) {
      int space = definition.indexOf(' ');
      columns.put(definition.substring(0, space), definition.substring(space + 1));
    }
    return columns;
  }

  /** The statements that create everything but the keyspace. */
  List<String> cql() {
    List<String> statements = new ArrayList<>();
    types()
        .forEach(
            (name, fields) -> {
              List<String> parts = new ArrayList<>();
              fields.forEach((field, type) -> parts.add("  " + field + " " + type));
              statements.add(
                  "CREATE TYPE IF NOT EXISTS "
                      + keyspace
                      + "."
                      + name
                      + " (\n"
                      + String.join(",\n", parts)
                      + "\n)");
            });
    tables().forEach(table -> statements.add(table.cql(keyspace)));
    return statements;
  }
}
