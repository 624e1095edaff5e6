package io.flowcraft.state.cassandra;

import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import io.flowcraft.error.ErrorCode;
import io.flowcraft.error.FlowcraftException;
import io.flowcraft.run.RunStatus;
import io.flowcraft.spi.Payload;
import io.flowcraft.spi.RunRecord;
import io.flowcraft.spi.Serializer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The rows of runs. They are written by lightweight transactions, but for the beginning of runs
 * whose id nobody else can have. That one has the oldest timestamp there is: so whatever a
 * transaction writes later stays, and a beginning that comes in twice or late changes nothing.
 */
final class RunTable {

  /** Texts up to this many characters stay in the row; each transaction carries them. */
  private static final int INLINE = 16_000;

  private static final int REMEMBERED = 10_000;
  private static final String NONE = "";

  private final Cql cql;
  private final Values values;
  private final Blueprints blueprints;
  private final Serializer serializer;
  private final Ranks ranks;
  private final boolean strict;
  private final PreparedStatement insert;
  private final @Nullable PreparedStatement insertNew;
  private final PreparedStatement select;
  private final PreparedStatement selectSerially;
  private final PreparedStatement move;
  private final PreparedStatement begin;
  private final PreparedStatement delete;

  /** Runs as they were seen last: hints, never answers. */
  private final Recent<String, Stored> seen = new Recent<>(REMEMBERED);

  /** The owners of runs that were deleted here: a read that comes in late must not revive them. */
  private final Recent<String, Boolean> gone = new Recent<>(REMEMBERED);

  RunTable(
      Cql cql,
      Schema schema,
      Values values,
      Serializer serializer,
      Ranks ranks,
      CassandraSettings settings) {
    this.cql = cql;
    this.values = values;
    this.blueprints = new Blueprints(cql, schema);
    this.serializer = serializer;
    this.ranks = ranks;
    this.strict = settings.strict();
    String table = schema.table(Schema.Role.STATUSES);
    String columns =
        "INSERT INTO "
            + table
            + " (run_id, owner, generation, blueprint_id, blueprint_hash, blueprint_content,"
            + " parent_run_id, parent_instance, initial_context, initial_context_large,"
            + " options, options_large, status, status_data, status_data_large, epoch,"
            + " deadline_millis, created_at, began_at, updated_at, start_token) VALUES (:run_id,"
            + " :owner, :generation, :blueprint_id, :blueprint_hash, :blueprint_content,"
            + " :parent_run_id, :parent_instance, :initial_context, :initial_context_large,"
            + " :options, :options_large, :status, :status_data, :status_data_large, :epoch,"
            + " :deadline_millis, :created_at, :began_at, :updated_at, :start_token)";
    insert = cql.prepareConditional(columns + " IF NOT EXISTS");
    insertNew =
        settings.isReadByTransactions() ? cql.prepare(columns + " USING TIMESTAMP 1") : null;
    select = cql.prepare("SELECT * FROM " + table + " WHERE run_id = ?");
    selectSerially = cql.prepareSerialRead("SELECT * FROM " + table + " WHERE run_id = ?");
    move =
        cql.prepareConditional(
            "UPDATE "
                + table
                + " SET status = :status, status_data = :status_data, status_data_large ="
                + " :status_data_large, began_at = :began_at, updated_at = :updated_at WHERE run_id"
                + " = :run_id IF owner = :owner AND epoch = :epoch AND status = :was AND"
                + " updated_at = :was_updated_at");
    begin =
        cql.prepareConditional(
            "UPDATE "
                + table
                + " SET epoch = :next, generation = :generation, previous_generation = :previous"
                + " WHERE run_id = :run_id IF owner = :owner AND epoch = :epoch AND generation ="
                + " :was AND status = :was_status AND updated_at = :was_updated_at");
    delete =
        cql.prepareConditional(
            "DELETE FROM " + table + " WHERE run_id = :run_id IF owner = :owner");
  }

  /** The run as it was seen last; null if it was not, or long ago. */
  @Nullable Stored seen(String runId) {
    return seen.get(runId);
  }

  void forget(String runId) {
    seen.remove(runId);
  }

  /** Whether the given run is stored now, or which one was before. */
  CompletionStage<Stored> create(RunRecord run) {
    Stored fresh =
        new Stored(run, UUID.randomUUID().toString(), Generation.begin(strict, ranks.tick()), null);
    Values.Large large = new Values.Large();
    PreparedStatement plain = run.token().equals(run.runId()) ? insertNew : null;
    Bindings row = new Bindings(plain == null ? insert : plain);
    row.text("run_id", run.runId());
    row.text("owner", fresh.owner());
    row.text("generation", fresh.generation().name());
    row.text("blueprint_id", run.blueprintId());
    row.text("blueprint_hash", run.blueprintHash());
    text(row, "initial_context", "The initial context", run.initialContext(), large);
    text(row, "options", "The options", run.options(), large);
    text(row, "status_data", "The result", run.summary(), large);
    row.text("parent_run_id", run.parentRunId());
    row.text("parent_instance", run.parentInstance());
    row.number("deadline_millis", run.deadlineMillis());
    row.text("status", run.status().name());
    row.number("epoch", run.epoch());
    row.number("created_at", run.createdAtMillis());
    row.number("began_at", run.beganAtMillis());
    row.number("updated_at", run.updatedAtMillis());
    row.text("start_token", run.token());
    String blueprint = run.blueprint().text();
    values.check("The blueprint '" + run.blueprintId() + "'", blueprint);
    return blueprints
        .store(blueprint)
        .thenCombine(values.write(fresh.owner(), large), (content, written) -> content)
        .thenCompose(
            content ->
                plain == null
                    ? cql.conditional(
                        "create run '" + run.runId() + "'", () -> withBlueprint(row, content))
                    : cql.execute("create run '" + run.runId() + "'", withBlueprint(row, content)))
        .thenCompose(answer -> created(fresh, answer));
  }

  private static BoundStatement withBlueprint(Bindings row, String content) {
    row.text("blueprint_content", content);
    return row.build();
  }

  private CompletionStage<Stored> created(Stored fresh, AsyncResultSet answer) {
    // The driver tells only before the row is taken.
    boolean applied = answer.wasApplied();
    Row row = answer.one();
    if (applied || row == null) {
      seen.put(fresh.record().runId(), fresh);
      return Async.of(fresh);
    }
    return read(row);
  }

  private void text(
      Bindings row, String column, String what, @Nullable Payload payload, Values.Large large) {
    if (payload == null) {
      return;
    }
    String text = payload.text();
    values.check(what, text);
    boolean fits = text.length() <= INLINE;
    row.text(column, fits ? text : NONE);
    row.text(column + "_large", fits ? NONE : large.add(text));
  }

  /** The run as it is stored, by a plain read. */
  CompletionStage<Optional<Stored>> find(String runId) {
    return cql.one("find run '" + runId + "'", select.bind(runId))
        .thenCompose(row -> optional(runId, row));
  }

  private CompletionStage<Optional<Stored>> optional(String runId, @Nullable Row row) {
    // A row whose owner is gone is what a deletion left behind.
    if (row == null || row.getString("owner") == null) {
      seen.remove(runId);
      return Async.of(Optional.empty());
    }
    return read(row).thenApply(Optional::of);
  }

  private CompletionStage<Stored> read(Row row) {
    String owner = required(row, "owner");
    List<String> ids = new ArrayList<>();
    for (String column : List.of("initial_context_large", "options_large", "status_data_large")) {
      String id = row.getString(column);
      if (id != null && !id.isEmpty()) {
        ids.add(id);
      }
    }
    return blueprints
        .read(required(row, "blueprint_content"))
        .thenCombine(values.read(owner, ids), (blueprint, large) -> stored(row, blueprint, large))
        .thenApply(
            stored -> {
              if (gone.get(stored.owner()) == null) {
                seen.put(stored.record().runId(), stored);
              }
              return stored;
            });
  }

  private Stored stored(Row row, String blueprint, Map<String, String> large) {
    RunRecord record =
        new RunRecord(
            required(row, "run_id"),
            required(row, "blueprint_id"),
            required(row, "blueprint_hash"),
            Payload.ofText(blueprint, serializer),
            row.getString("parent_run_id"),
            row.getString("parent_instance"),
            required(row, "initial_context", payload(row, "initial_context", large)),
            required(row, "options", payload(row, "options", large)),
            RunStatus.valueOf(required(row, "status")),
            payload(row, "status_data", large),
            row.getLong("epoch"),
            row.isNull("deadline_millis") ? null : row.getLong("deadline_millis"),
            row.getLong("created_at"),
            row.getLong("began_at"),
            row.getLong("updated_at"),
            required(row, "start_token"));
    return new Stored(
        record,
        required(row, "owner"),
        Generation.of(required(row, "generation")),
        row.getString("previous_generation"));
  }

  private @Nullable Payload payload(Row row, String column, Map<String, String> large) {
    String id = row.getString(column + "_large");
    String text = id == null || id.isEmpty() ? row.getString(column) : large.get(id);
    return text == null ? null : Payload.ofText(text, serializer);
  }

  private static String required(Row row, String column) {
    return required(row, column, row.getString(column));
  }

  private static <T> T required(Row row, String column, @Nullable T value) {
    if (value == null) {
      throw new FlowcraftException(
          ErrorCode.BACKEND,
          "The row of run '"
              + row.getString("run_id")
              + "' has no "
              + column
              + "; it was not written by this store. Delete it or restore it.");
    }
    return value;
  }

  /** Moves a run that is exactly as given; empty if it is not. */
  CompletionStage<Optional<Stored>> move(
      Stored was, RunStatus next, @Nullable Payload summary, long atMillis) {
    RunRecord run = was.record();
    RunRecord moved = run.withStatus(next, summary == null ? run.summary() : summary, atMillis);
    Values.Large large = new Values.Large();
    Bindings row = new Bindings(move);
    text(row, "status_data", "The result of run '" + run.runId() + "'", summary, large);
    row.text("status", next.name());
    row.number("began_at", moved.beganAtMillis());
    row.number("updated_at", atMillis);
    row.text("run_id", run.runId());
    row.text("owner", was.owner());
    row.number("epoch", run.epoch());
    row.text("was", run.status().name());
    row.number("was_updated_at", run.updatedAtMillis());
    return values
        .write(was.owner(), large)
        .thenCompose(
            written -> cql.conditional("move run '" + run.runId() + "' to " + next, row::build))
        .thenApply(
            answer -> {
              if (!answer.wasApplied()) {
                return Optional.empty();
              }
              Stored now = was.with(moved);
              seen.put(run.runId(), now);
              return Optional.of(now);
            });
  }

  /**
   * Leads a run that is exactly as given into the next generation; whether that took place. A run
   * that has moved since may have been moved by somebody who relies on a later commit than the new
   * generation has.
   */
  CompletionStage<Boolean> begin(Stored was, Generation next) {
    RunRecord run = was.record();
    String what = "begin epoch " + (run.epoch() + 1) + " of run '" + run.runId() + "'";
    Bindings row = new Bindings(begin);
    row.number("next", run.epoch() + 1);
    row.text("generation", next.name());
    row.text("previous", was.generation().name());
    row.text("run_id", run.runId());
    row.text("owner", was.owner());
    row.number("epoch", run.epoch());
    row.text("was", was.generation().name());
    row.text("was_status", run.status().name());
    row.number("was_updated_at", run.updatedAtMillis());
    return cql.conditional(what, row::build)
        .handle(
            (answer, error) -> {
              if (error == null && answer.wasApplied()) {
                return Async.of(true);
              }
              // Repeating, or the lack of an answer, leaves open whose it is: the name tells.
              return cql.one(what, selectSerially.bind(run.runId()))
                  .thenApply(now -> now != null && next.name().equals(now.getString("generation")));
            })
        .thenCompose(stage -> stage)
        .thenApply(
            begun -> {
              if (begun) {
                seen.put(run.runId(), was.next(next));
              } else {
                seen.remove(run.runId());
              }
              return begun;
            });
  }

  CompletionStage<Void> delete(Stored run) {
    String runId = run.record().runId();
    gone.put(run.owner(), true);
    seen.remove(runId);
    return cql.conditional(
            "delete run '" + runId + "'",
            () ->
                delete
                    .boundStatementBuilder()
                    .setString("run_id", runId)
                    .setString("owner", run.owner())
                    .build())
        .thenAccept(done -> seen.remove(runId));
  }
}
