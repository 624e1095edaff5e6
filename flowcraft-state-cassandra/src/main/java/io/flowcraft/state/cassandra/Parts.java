package io.flowcraft.state.cassandra;

import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Remembers which partitions a run has, before they are written, so that all can be deleted. */
final class Parts {

  private final Cql cql;
  private final PreparedStatement insert;
  private final PreparedStatement select;
  private final PreparedStatement delete;

  /** A partition of a run. */
  record Part(String kind, String id) {}

  Parts(Cql cql, Schema schema) {
    this.cql = cql;
    String table = schema.table(Schema.Role.PARTS);
    insert = cql.prepare("INSERT INTO " + table + " (owner, kind, id) VALUES (?, ?, ?)");
    select = cql.prepare("SELECT kind, id FROM " + table + " WHERE owner = ?");
    delete = cql.prepare("DELETE FROM " + table + " WHERE owner = ?");
  }

  CompletionStage<Void> add(String owner, String kind, String id) {
    return cql.write("note a partition of a run", insert.bind(owner, kind, id));
  }

  CompletionStage<List<Part>> list(String owner) {
    List<Part> parts = new ArrayList<>();
    return cql.rows(
            "list the partitions of a run",
            select.bind(owner),
            row -> {
              String kind = row.getString(0);
              String id = row.getString(1);
              if (kind != null && id != null) {
                parts.add(new Part(kind, id));
              }
            })
        .thenApply(paged -> parts);
  }

  CompletionStage<Void> delete(String owner) {
    return cql.write("forget the partitions of a run", delete.bind(owner));
  }
}
