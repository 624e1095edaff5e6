package io.flowcraft.state.cassandra;

import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import io.flowcraft.error.ErrorCode;
import io.flowcraft.error.FlowcraftException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/**
 * Texts that are too large for a row, in parts, under the hash of their content. They are written
 * once, before anything points to them, so that they can be written again and never change.
 */
final class Values {

  /** What a run is told to be the owner of, so that its deletion finds it. */
  static final String KIND = "value";

  /** Characters per part: at most 600 KB of UTF-8. */
  static final int PART = 200_000;

  private static final int AT_A_TIME = 8;

  private final Cql cql;
  private final Parts parts;
  private final int longest;
  private final PreparedStatement insert;
  private final PreparedStatement select;
  private final PreparedStatement delete;

  Values(Cql cql, Schema schema, Parts parts, int longest) {
    this.cql = cql;
    this.parts = parts;
    this.longest = longest;
    String table = schema.table(Schema.Role.VALUES);
    insert =
        cql.prepare("INSERT INTO " + table + " (owner, value_id, part, data) VALUES (?, ?, ?, ?)");
    select = cql.prepare("SELECT data FROM " + table + " WHERE owner = ? AND value_id = ?");
    delete = cql.prepare("DELETE FROM " + table + " WHERE owner = ? AND value_id = ?");
  }

  /** Texts under the names that stand for them. */
  record Large(Map<String, String> texts) {

    Large() {
      this(new HashMap<>());
    }

    String add(String text) {
      String id = hash(text);
      texts.put(id, text);
      return id;
    }
  }

  /** Refuses a text that is too long, before anything is written. */
  void check(String what, String text) {
    if (text.length() > longest) {
      throw new FlowcraftException(
          ErrorCode.PAYLOAD_TOO_LARGE,
          what
              + " has "
              + text.length()
              + " characters; at most "
              + longest
              + " are stored (flowcraft.cassandra.max-value-length). Store a reference to it"
              + " instead.",
          null,
          true);
    }
  }

  CompletionStage<Void> write(String owner, Large large) {
    if (large.texts().isEmpty()) {
      return Async.DONE;
    }
    return Async.every(
        large.texts().entrySet(),
        AT_A_TIME,
        value ->
            parts
                .add(owner, KIND, value.getKey())
                .thenCompose(known -> write(owner, value.getKey(), value.getValue())));
  }

  private CompletionStage<Void> write(String owner, String id, String text) {
    List<String> pieces = split(text);
    List<Integer> numbers = new ArrayList<>();
    for (int i = 0; i < pieces.size(); i++) {
      numbers.add(i);
    }
    return Async.every(
        numbers,
        AT_A_TIME,
        i -> cql.write("store a large value", insert.bind(owner, id, i, pieces.get(i))));
  }

  /** The texts under these names. */
  CompletionStage<Map<String, String>> read(String owner, Collection<String> ids) {
    if (ids.isEmpty()) {
      return Async.of(Map.of());
    }
    return Async.each(
            new HashSet<>(ids),
            AT_A_TIME,
            id -> read(owner, id).thenApply(text -> Map.entry(id, text)))
        .thenApply(
            found -> {
              Map<String, String> texts = new HashMap<>();
              found.forEach(entry -> texts.put(entry.getKey(), entry.getValue()));
              return texts;
            });
  }

  private CompletionStage<String> read(String owner, String id) {
    StringBuilder text = new StringBuilder();
    return cql.rows(
            "read a large value",
            select.bind(owner, id).setPageSize(AT_A_TIME),
            row -> text.append(row.getString(0)))
        .thenApply(
            paged -> {
              if (!hash(text.toString()).equals(id)) {
                throw new FlowcraftException(
                    ErrorCode.BACKEND,
                    "The large value "
                        + id
                        + " of '"
                        + owner
                        + "' is not there as it was written. If its run was just deleted, this is"
                        + " harmless; otherwise repair the cluster.");
              }
              return text.toString();
            });
  }

  CompletionStage<Void> delete(String owner, String id) {
    return cql.write("delete a large value", delete.bind(owner, id));
  }

  /** Parts of bounded length; no character is torn. */
  static List<String> split(String text) {
    List<String> pieces = new ArrayList<>();
    int from = 0;
    do {
      int to = Math.min(text.length(), from + PART);
      if (to < text.length() && Character.isHighSurrogate(text.charAt(to - 1))) {
        to--;
      }
      pieces.add(text.substring(from, to));
      from = to;
    } while (from < text.length());
    return pieces;
  }

  static String hash(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
