package io.flowcraft.state.cassandra;

import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BatchStatementBuilder;
import com.datastax.oss.driver.api.core.cql.BatchType;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import io.flowcraft.spi.HistoryEntry;
import io.flowcraft.spi.Payload;
import io.flowcraft.spi.Serializer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;

/** The events of runs, in partitions of bounded length. The first one of a sequence stays. */
final class HistoryTable {

  static final String KIND = "history";

  private static final int INLINE = 16_000;
  private static final long PER_BUCKET = 10_000;
  private static final int PER_BATCH = 50;
  private static final int REMEMBERED = 10_000;
  private static final int AT_A_TIME = 8;

  private final Cql cql;
  private final Parts parts;
  private final Values values;
  private final Serializer serializer;
  private final Ranks ranks;
  private final PreparedStatement insert;
  private final PreparedStatement select;
  private final PreparedStatement delete;
  private final Recent<String, Boolean> noted = new Recent<>(REMEMBERED);

  HistoryTable(
      Cql cql, Schema schema, Parts parts, Values values, Serializer serializer, Ranks ranks) {
    this.cql = cql;
    this.parts = parts;
    this.values = values;
    this.serializer = serializer;
    this.ranks = ranks;
    String table = schema.table(Schema.Role.HISTORY);
    insert =
        cql.prepare(
            "INSERT INTO "
                + table
                + " (owner, bucket, sequence, at_millis, type, body, body_large) VALUES (:owner,"
                + " :bucket, :sequence, :at_millis, :type, :body, :body_large) USING TIMESTAMP"
                + " :written_at");
    select =
        cql.prepare(
            "SELECT sequence, at_millis, type, body, body_large FROM "
                + table
                + " WHERE owner = ? AND bucket = ?");
    delete = cql.prepare("DELETE FROM " + table + " WHERE owner = ? AND bucket = ?");
  }

  CompletionStage<Void> append(String owner, List<HistoryEntry> entries) {
    Map<Long, List<HistoryEntry>> buckets = new TreeMap<>();
    for (HistoryEntry entry : entries) {
      values.check("An event of type " + entry.type(), entry.body().text());
      buckets
          .computeIfAbsent(Math.floorDiv(entry.sequence(), PER_BUCKET), bucket -> new ArrayList<>())
          .add(entry);
    }
    long tick = ranks.tick();
    return Async.every(
        buckets.entrySet(),
        1,
        bucket ->
            note(owner, bucket.getKey())
                .thenCompose(done -> append(owner, bucket.getKey(), bucket.getValue(), tick)));
  }

  private CompletionStage<Void> note(String owner, long bucket) {
    String key = owner + "/" + bucket;
    return noted.get(key) != null
        ? Async.DONE
        : parts
            .add(owner, KIND, Long.toString(bucket))
            .thenAccept(done -> noted.put(key, Boolean.TRUE));
  }

  private CompletionStage<Void> append(
      String owner, long bucket, List<HistoryEntry> entries, long tick) {
    List<List<HistoryEntry>> pieces = new ArrayList<>();
    for (int from = 0; from < entries.size(); from += PER_BATCH) {
      pieces.add(entries.subList(from, Math.min(entries.size(), from + PER_BATCH)));
    }
    return Async.every(
        pieces,
        1,
        piece -> {
          Values.Large large = new Values.Large();
          BatchStatementBuilder batch =
              BatchStatement.builder(BatchType.UNLOGGED)
                  .setExecutionProfile(cql.plainProfile())
                  .setIdempotence(true);
          for (HistoryEntry entry : piece) {
            String text = entry.body().text();
            boolean fits = text.length() <= INLINE;
            Bindings row = new Bindings(insert);
            row.text("owner", owner);
            row.number("bucket", bucket);
            row.number("sequence", entry.sequence());
            row.number("at_millis", entry.atMillis());
            row.text("type", entry.type());
            row.text("body", fits ? text : "");
            row.text("body_large", fits ? "" : large.add(text));
            row.number("written_at", Ranks.firstStays(tick));
            batch.addStatement(row.build());
          }
          return values
              .write(owner, large)
              .thenCompose(done -> cql.write("add to a run's history", batch.build()));
        });
  }

  CompletionStage<List<HistoryEntry>> read(String owner) {
    return parts
        .list(owner)
        .thenCompose(
            found ->
                Async.each(
                    found.stream().filter(part -> part.kind().equals(KIND)).toList(),
                    AT_A_TIME,
                    part -> read(owner, Long.parseLong(part.id()))))
        .thenApply(
            lists ->
                lists.stream()
                    .flatMap(List::stream)
                    .sorted(Comparator.comparingLong(HistoryEntry::sequence))
                    .toList());
  }

  private CompletionStage<List<HistoryEntry>> read(String owner, long bucket) {
    return cql.list("read a run's history", select.bind(owner, bucket))
        .thenCompose(
            rows -> {
              List<String> ids = new ArrayList<>();
              rows.forEach(
                  row -> {
                    String id = text(row, "body_large");
                    if (!id.isEmpty()) {
                      ids.add(id);
                    }
                  });
              return values
                  .read(owner, ids)
                  .thenApply(large -> rows.stream().map(row -> entry(row, large)).toList());
            });
  }

  private HistoryEntry entry(Row row, Map<String, String> large) {
    String text = large.getOrDefault(text(row, "body_large"), text(row, "body"));
    return new HistoryEntry(
        row.getLong("sequence"),
        row.getLong("at_millis"),
        text(row, "type"),
        Payload.ofText(text, serializer));
  }

  private static String text(Row row, String column) {
    String text = row.getString(column);
    return text == null ? "" : text;
  }

  CompletionStage<Void> delete(String owner, String bucket) {
    return cql.write("delete a run's history", delete.bind(owner, Long.parseLong(bucket)));
  }
}
