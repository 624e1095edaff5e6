package io.flowcraft.state.cassandra;

import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BatchStatementBuilder;
import com.datastax.oss.driver.api.core.cql.BatchType;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import io.flowcraft.error.ErrorCode;
import io.flowcraft.error.FlowcraftException;
import io.flowcraft.spi.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Writes generations by lightweight transactions: each compares what is stored, and takes place if
 * nothing has changed since. A fence closes a generation before it reads it, so that a commit that
 * was answered is never left out.
 *
 * <p>The static column {@code version} counts the writes of a generation; {@link #CLOSED} ends it.
 */
final class StrictContexts {

  private static final long CLOSED = -1;

  /** So often a write is tried while others write to the same run. */
  private static final int TRIES = 200;

  /** How often, and how long apart, a commit looks whether an epoch that is ending has ended. */
  private static final int LOOKS = 100;

  private static final Duration PAUSE = Duration.ofMillis(20);

  private static final int ROWS_PER_COPY = 100;

  private final Cql cql;
  private final RunTable runs;
  private final ContextTable contexts;
  private final TimeSource time;
  private final PreparedStatement version;
  private final PreparedStatement step;
  private final PreparedStatement insertOutcome;
  private final PreparedStatement insertEntry;

  StrictContexts(Cql cql, Schema schema, RunTable runs, ContextTable contexts, TimeSource time) {
    this.cql = cql;
    this.runs = runs;
    this.contexts = contexts;
    this.time = time;
    String table = schema.table(Schema.Role.CONTEXTS);
    version =
        cql.prepare(
            "SELECT version FROM " + table + " WHERE run_id = ? AND generation = ? LIMIT 1");
    step =
        cql.prepareConditional(
            "UPDATE "
                + table
                + " SET version = :next WHERE run_id = :run_id AND generation = :generation IF"
                + " version = :was");
    insertOutcome =
        cql.prepareConditional(
            "INSERT INTO "
                + table
                + " (run_id, generation, kind, name, outcome) VALUES (?, ?, 'o', ?, ?)");
    insertEntry =
        cql.prepareConditional(
            "INSERT INTO "
                + table
                + " (run_id, generation, kind, name, entry) VALUES (?, ?, ?, ?, ?)");
  }

  /** Writes those rows that do not have to give way to what is stored. */
  CompletionStage<Void> write(String runId, Generation generation, List<ContextRow> rows) {
    return write(runId, generation, rows, TRIES);
  }

  private CompletionStage<Void> write(
      String runId, Generation generation, List<ContextRow> rows, int tries) {
    if (tries == 0) {
      throw new FlowcraftException(
          ErrorCode.BACKEND,
          "So many write to run '"
              + runId
              + "' that this one did not come through. Asking again"
              + " is safe; without flowcraft.cassandra.strict they do not hinder each other.");
    }
    return version(runId, generation)
        .thenCompose(
            was ->
                isClosed(was)
                    ? refuse(runId, generation, LOOKS)
                    : rowsThere(runId, generation, rows)
                        .thenCompose(there -> write(runId, generation, newer(rows, there), was)))
        .thenCompose(written -> written ? Async.DONE : write(runId, generation, rows, tries - 1));
  }

  private static boolean isClosed(Version was) {
    return was.number() != null && was.number() == CLOSED;
  }

  /** How often a generation was written; null if never. */
  private record Version(@Nullable Long number) {}

  private CompletionStage<Version> version(String runId, Generation generation) {
    return cql.one("read a version of run '" + runId + "'", version.bind(runId, generation.name()))
        .thenApply(row -> new Version(row == null || row.isNull(0) ? null : row.getLong(0)));
  }

  private CompletionStage<Map<String, ContextRow>> rowsThere(
      String runId, Generation generation, List<ContextRow> rows) {
    return contexts
        .readSome(
            runId,
            generation,
            rows.stream().map(row -> new ContextRow.Mate(row.kind(), row.name(), 0)).toList())
        .thenApply(ContextTable.Found::rows);
  }

  private static List<ContextRow> newer(List<ContextRow> rows, Map<String, ContextRow> there) {
    List<ContextRow> newer = new ArrayList<>();
    for (ContextRow row : rows) {
      ContextRow earlier = there.get(row.key());
      if (earlier == null || replaces(row, earlier)) {
        newer.add(row);
      }
    }
    return newer;
  }

  /** A fact gives way to later facts only; anything else to what is not earlier. */
  private static boolean replaces(ContextRow row, ContextRow earlier) {
    return earlier.isFact() ? row.place() > earlier.place() : row.place() >= earlier.place();
  }

  /** Whether the rows are stored; not if others came between. */
  private CompletionStage<Boolean> write(
      String runId, Generation generation, List<ContextRow> rows, Version was) {
    if (rows.isEmpty()) {
      return Async.of(true);
    }
    long next = was.number() == null ? 1 : was.number() + 1;
    BatchStatementBuilder batch = batch(runId, generation, was, next);
    for (ContextRow row : rows) {
      batch.addStatement(
          row.kind().equals(ContextRow.OUTCOME)
              ? insertOutcome.bind(runId, generation.name(), row.name(), row.body())
              : insertEntry.bind(runId, generation.name(), row.kind(), row.name(), row.body()));
    }
    return cql.conditional("store outcomes of run '" + runId + "'", batch::build)
        .thenApply(answer -> answer.wasApplied());
  }

  private BatchStatementBuilder batch(String runId, Generation generation, Version was, long next) {
    return BatchStatement.builder(BatchType.UNLOGGED)
        .setExecutionProfile(cql.conditionalProfile())
        .setIdempotence(false)
        .addStatement(
            step.boundStatementBuilder()
                .setLong("next", next)
                .setString("run_id", runId)
                .setString("generation", generation.name())
                .set("was", was.number(), Long.class)
                .build());
  }

  /**
   * A commit of an epoch that is over is ignored. In one that is about to end it can't be: this
   * waits for the end, and not for long, as whoever is about to end it may have died.
   */
  private CompletionStage<Boolean> refuse(String runId, Generation generation, int looks) {
    return runs.find(runId)
        .thenCompose(
            run -> {
              if (run.isEmpty() || !run.get().generation().equals(generation)) {
                return Async.of(true);
              }
              if (looks == 0) {
                throw new FlowcraftException(
                    ErrorCode.BACKEND,
                    "Run '"
                        + runId
                        + "' is about to begin its next epoch, and takes no commits of this one."
                        + " Asking again is safe.");
              }
              return Async.later(time, PAUSE)
                  .thenCompose(done -> refuse(runId, generation, looks - 1));
            });
  }

  /** Ends a generation: from now on, nothing is written into it. */
  CompletionStage<Void> close(String runId, Generation generation) {
    return version(runId, generation)
        .thenCompose(
            was ->
                isClosed(was)
                    ? Async.of(true)
                    : cql.conditional(
                            "end an epoch of run '" + runId + "'",
                            batch(runId, generation, was, CLOSED)::build)
                        .thenApply(answer -> answer.wasApplied()))
        .thenCompose(closed -> closed ? Async.DONE : close(runId, generation));
  }

  /** Writes rows into a generation that nobody knows yet, in pieces. */
  CompletionStage<Void> copy(String runId, Generation generation, Collection<ContextRow> rows) {
    List<ContextRow> all = List.copyOf(rows);
    List<List<ContextRow>> pieces = new ArrayList<>();
    for (int from = 0; from < all.size(); from += ROWS_PER_COPY) {
      pieces.add(all.subList(from, Math.min(all.size(), from + ROWS_PER_COPY)));
    }
    return Async.every(pieces, 1, piece -> write(runId, generation, piece));
  }
}
