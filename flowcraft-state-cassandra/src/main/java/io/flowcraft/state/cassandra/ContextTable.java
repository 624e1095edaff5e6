package io.flowcraft.state.cassandra;

import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BatchStatementBuilder;
import com.datastax.oss.driver.api.core.cql.BatchType;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.BoundStatementBuilder;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.data.TupleValue;
import com.datastax.oss.driver.api.core.data.UdtValue;
import com.datastax.oss.driver.api.core.type.ListType;
import com.datastax.oss.driver.api.core.type.TupleType;
import com.datastax.oss.driver.api.core.type.UserDefinedType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Reads and plainly writes the rows of generations. */
final class ContextTable {

  /** Rows per page; a commit that is read in one page is read as a whole. */
  static final int PAGE = 5_000;

  private static final int KEYS_AT_ONCE = 100;
  private static final int ROWS_PER_COPY = 100;
  private static final int COPIES_AT_A_TIME = 4;

  private final Cql cql;
  private final PreparedStatement insertOutcome;
  private final PreparedStatement insertEntry;
  private final PreparedStatement selectAll;
  private final PreparedStatement selectSome;
  private final PreparedStatement seal;
  private final PreparedStatement delete;
  private final TupleType keyType;
  private final int page;

  ContextTable(Cql cql, Schema schema, int page) {
    this.cql = cql;
    this.page = page;
    String table = schema.table(Schema.Role.CONTEXTS);
    insertOutcome =
        cql.prepare(
            "INSERT INTO "
                + table
                + " (run_id, generation, kind, name, outcome) VALUES (?, ?, 'o', ?, ?) USING"
                + " TIMESTAMP ?");
    insertEntry =
        cql.prepare(
            "INSERT INTO "
                + table
                + " (run_id, generation, kind, name, entry) VALUES (?, ?, ?, ?, ?) USING TIMESTAMP"
                + " ?");
    String columns = "SELECT kind, name, outcome, entry, sealed FROM ";
    String where = " WHERE run_id = ? AND generation = ?";
    selectAll = cql.prepare(columns + table + where);
    selectSome = cql.prepare(columns + table + where + " AND (kind, name) IN ?");
    seal = cql.prepare("UPDATE " + table + " SET sealed = true" + where);
    delete = cql.prepare("DELETE FROM " + table + where);
    keyType =
        (TupleType)
            ((ListType) selectSome.getVariableDefinitions().get(2).getType()).getElementType();
  }

  UserDefinedType outcomeType() {
    return (UserDefinedType) insertOutcome.getVariableDefinitions().get("outcome").getType();
  }

  UserDefinedType entryType() {
    return (UserDefinedType) insertEntry.getVariableDefinitions().get("entry").getType();
  }

  /** One plain write, atomic and isolated, as all rows are of one partition. */
  CompletionStage<Void> write(
      String runId, Generation generation, List<ContextRow> rows, long tick) {
    if (rows.isEmpty()) {
      return Async.DONE;
    }
    String what = "store outcomes of run '" + runId + "'";
    if (rows.size() == 1) {
      return cql.write(what, insert(runId, generation, rows.get(0), tick));
    }
    BatchStatementBuilder batch =
        BatchStatement.builder(BatchType.UNLOGGED)
            .setExecutionProfile(cql.plainProfile())
            .setIdempotence(true);
    rows.forEach(row -> batch.addStatement(insert(runId, generation, row, tick)));
    return cql.write(what, batch.build());
  }

  private BoundStatement insert(String runId, Generation generation, ContextRow row, long tick) {
    if (row.kind().equals(ContextRow.OUTCOME)) {
      BoundStatementBuilder insert = insertOutcome.boundStatementBuilder();
      return insert
          .setString(0, runId)
          .setString(1, generation.name())
          .setString(2, row.name())
          .setUdtValue(3, row.body())
          .setLong(4, Ranks.outcome(row.isFact(), row.sequence(), tick, generation))
          .build();
    }
    boolean latest = row.kind().equals(ContextRow.LATEST);
    return insertEntry
        .boundStatementBuilder()
        .setString(0, runId)
        .setString(1, generation.name())
        .setString(2, row.kind())
        .setString(3, row.name())
        .setUdtValue(4, row.body())
        .setLong(
            5,
            latest
                ? Ranks.latest(false, row.sequence())
                : Ranks.entry(row.sequence(), tick, generation))
        .build();
  }

  /** Writes rows into a generation that nobody knows yet, in pieces. */
  CompletionStage<Void> copy(String runId, Generation generation, Collection<ContextRow> rows) {
    List<List<ContextRow>> pieces = new ArrayList<>();
    List<ContextRow> piece = new ArrayList<>();
    for (ContextRow row : rows) {
      piece.add(row);
      if (piece.size() == ROWS_PER_COPY) {
        pieces.add(piece);
        piece = new ArrayList<>();
      }
    }
    if (!piece.isEmpty()) {
      pieces.add(piece);
    }
    return Async.every(
        pieces, COPIES_AT_A_TIME, part -> write(runId, generation, part, generation.bornAt()));
  }

  /**
   * What was read of a generation.
   *
   * @param rows by key
   * @param sealed whether another generation has followed it
   * @param paged whether it took several pages, so that commits may show in part
   */
  record Found(Map<String, ContextRow> rows, boolean sealed, boolean paged) {}

  CompletionStage<Found> readAll(String runId, Generation generation) {
    Map<String, ContextRow> rows = new HashMap<>();
    AtomicBoolean sealed = new AtomicBoolean();
    return cql.rows(
            "read run '" + runId + "'",
            selectAll.bind(runId, generation.name()).setPageSize(page),
            row -> add(row, rows, sealed))
        .thenApply(paged -> new Found(rows, sealed.get(), paged));
  }

  CompletionStage<Found> readSome(
      String runId, Generation generation, Collection<ContextRow.Mate> keys) {
    Map<String, ContextRow> rows = new HashMap<>();
    AtomicBoolean sealed = new AtomicBoolean();
    List<List<TupleValue>> pieces = new ArrayList<>();
    List<TupleValue> piece = new ArrayList<>();
    for (ContextRow.Mate key : keys) {
      piece.add(keyType.newValue(key.kind(), key.name()));
      if (piece.size() == KEYS_AT_ONCE) {
        pieces.add(piece);
        piece = new ArrayList<>();
      }
    }
    if (!piece.isEmpty()) {
      pieces.add(piece);
    }
    String what = "read from run '" + runId + "'";
    return Async.every(
            pieces,
            1,
            some ->
                cql.rows(
                    what,
                    selectSome
                        .boundStatementBuilder()
                        .setString(0, runId)
                        .setString(1, generation.name())
                        .setList(2, some, TupleValue.class)
                        .build(),
                    row -> add(row, rows, sealed)))
        .thenApply(done -> new Found(rows, sealed.get(), pieces.size() > 1));
  }

  private static void add(Row row, Map<String, ContextRow> rows, AtomicBoolean sealed) {
    if (row.getBoolean("sealed")) {
      sealed.set(true);
    }
    String kind = row.getString("kind");
    String name = row.getString("name");
    if (kind == null || name == null) {
      // Static columns alone: the generation is empty.
      return;
    }
    @Nullable UdtValue body =
        row.getUdtValue(kind.equals(ContextRow.OUTCOME) ? "outcome" : "entry");
    if (body != null) {
      ContextRow found = new ContextRow(kind, name, body);
      rows.put(found.key(), found);
    }
  }

  /** Tells readers who know only this generation that another one has followed it. */
  CompletionStage<Void> seal(String runId, Generation generation) {
    return cql.write("end an epoch of run '" + runId + "'", seal.bind(runId, generation.name()));
  }

  CompletionStage<Void> delete(String runId, String generation) {
    return cql.write("delete outcomes of run '" + runId + "'", delete.bind(runId, generation));
  }
}
