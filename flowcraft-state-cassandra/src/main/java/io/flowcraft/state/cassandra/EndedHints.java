package io.flowcraft.state.cassandra;

import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Hints at runs that have ended, until the runs are deleted. */
final class EndedHints {

  static final int SHARDS = 32;

  private final Cql cql;
  private final PreparedStatement insert;
  private final PreparedStatement select;
  private final PreparedStatement delete;

  EndedHints(Cql cql, Schema schema) {
    this.cql = cql;
    String table = schema.table(Schema.Role.ENDED);
    insert =
        cql.prepare("INSERT INTO " + table + " (shard, run_id, blueprint_id) VALUES (?, ?, ?)");
    select =
        cql.prepare(
            "SELECT run_id, blueprint_id FROM "
                + table
                + " WHERE shard = ? AND run_id > ? LIMIT ?");
    delete = cql.prepare("DELETE FROM " + table + " WHERE shard = ? AND run_id = ?");
  }

  CompletionStage<Void> write(String runId, String blueprintId) {
    return cql.write(
        "note that run '" + runId + "' has ended",
        insert.bind(LiveHints.shard(runId, SHARDS), runId, blueprintId));
  }

  CompletionStage<Void> delete(String runId) {
    return cql.write(
        "forget that run '" + runId + "' has ended",
        delete.bind(LiveHints.shard(runId, SHARDS), runId));
  }

  /** Hints of a partition behind a run, in the order of runs. */
  CompletionStage<List<LiveHints.Hint>> read(int shard, @Nullable String after, int limit) {
    List<LiveHints.Hint> hints = new ArrayList<>();
    return cql.rows(
            "list runs that have ended",
            select.bind(shard, after == null ? "" : after, limit),
            row -> {
              String runId = row.getString(0);
              String blueprintId = row.getString(1);
              if (runId != null && blueprintId != null) {
                hints.add(new LiveHints.Hint(-1, runId, "", blueprintId));
              }
            })
        .thenApply(paged -> hints);
  }
}
