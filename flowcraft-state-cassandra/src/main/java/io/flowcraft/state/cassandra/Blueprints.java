package io.flowcraft.state.cassandra;

import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import io.flowcraft.error.ErrorCode;
import io.flowcraft.error.FlowcraftException;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The texts of blueprints, each stored once however many runs it has. There are as many as there
 * are different blueprints, and they are never deleted.
 */
final class Blueprints {

  private static final int REMEMBERED = 1_000;

  private final Cql cql;
  private final PreparedStatement insert;
  private final PreparedStatement select;
  private final Recent<String, String> known = new Recent<>(REMEMBERED);

  Blueprints(Cql cql, Schema schema) {
    this.cql = cql;
    String table = schema.table(Schema.Role.BLUEPRINTS);
    insert = cql.prepare("INSERT INTO " + table + " (content, part, data) VALUES (?, ?, ?)");
    select = cql.prepare("SELECT data FROM " + table + " WHERE content = ?");
  }

  /** Stores a text and answers what stands for it. */
  CompletionStage<String> store(String text) {
    String content = contentOf(text);
    if (known.get(content) != null) {
      return Async.of(content);
    }
    List<String> pieces = Values.split(text);
    CompletionStage<Void> written = Async.DONE;
    for (int i = 0; i < pieces.size(); i++) {
      int part = i;
      written =
          written.thenCompose(
              done -> cql.write("store a blueprint", insert.bind(content, part, pieces.get(part))));
    }
    return written.thenApply(
        done -> {
          known.put(content, text);
          return content;
        });
  }

  private final Recent<String, String> contents = new Recent<>(REMEMBERED);

  /** The hash of a text; the engine hands over the same few texts again and again. */
  private String contentOf(String text) {
    String content = contents.get(text);
    if (content == null) {
      content = Values.hash(text);
      contents.put(text, content);
    }
    return content;
  }

  CompletionStage<String> read(String content) {
    @Nullable String text = known.get(content);
    if (text != null) {
      return Async.of(text);
    }
    StringBuilder all = new StringBuilder();
    return cql.rows("read a blueprint", select.bind(content), row -> all.append(row.getString(0)))
        .thenApply(
            paged -> {
              String found = all.toString();
              if (!Values.hash(found).equals(content)) {
                throw new FlowcraftException(
                    ErrorCode.BACKEND,
                    "The blueprint "
                        + content
                        + " is not there as it was written. Repair the cluster.");
              }
              known.put(content, found);
              return found;
            });
  }
}
