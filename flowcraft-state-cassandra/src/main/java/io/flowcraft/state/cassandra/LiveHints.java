package io.flowcraft.state.cassandra;

import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A log of hints at runs that may be live. It is written slot by slot, and tidied up by moving on
 * what is still live, never by deleting hints one by one.
 */
final class LiveHints {

  static final int SHARDS = 8;

  static final String NAME = "live";

  /** So many hints of one process go into a slot, so that its partitions stay small. */
  private static final int PER_SLOT = 20_000;

  private final Cql cql;
  private final Bounds bounds;
  private final PreparedStatement insert;
  private final PreparedStatement select;
  private final PreparedStatement delete;
  private final PreparedStatement isLeft;

  /** Slots that were left behind: once and for all. */
  private final Recent<Long, Boolean> left = new Recent<>(1_000);

  /** The slot that hints go into as far as this process knows; below zero if it does not. */
  private final AtomicLong head = new AtomicLong(-1);

  private final AtomicInteger written = new AtomicInteger();

  /**
   * A hint.
   *
   * @param slot where it is
   * @param runId the run
   * @param beginId unique to the beginning that it was written for
   * @param blueprintId the blueprint of the run
   */
  record Hint(long slot, String runId, String beginId, String blueprintId) {}

  LiveHints(Cql cql, Schema schema, Bounds bounds) {
    this.cql = cql;
    this.bounds = bounds;
    String table = schema.table(Schema.Role.LIVE);
    insert =
        cql.prepare(
            "INSERT INTO "
                + table
                + " (slot, shard, run_id, begin_id, blueprint_id) VALUES (?, ?, ?, ?, ?)");
    select =
        cql.prepare(
            "SELECT run_id, begin_id, blueprint_id FROM "
                + table
                + " WHERE slot = ? AND shard = ? AND run_id > ? LIMIT ?");
    delete = cql.prepare("DELETE FROM " + table + " WHERE slot = ? AND shard = ?");
    isLeft =
        cql.prepare(
            "SELECT begin_id FROM " + table + " WHERE slot = ? AND shard = 0 AND run_id = ''");
  }

  static int shard(String runId, int shards) {
    return Math.floorMod(runId.hashCode(), shards);
  }

  /**
   * Lets a run begin so that lists know it from then on, and whatever happens in between.
   *
   * @param together whether lists may miss a run if this process dies before it has begun
   */
  <T> CompletionStage<T> around(
      String runId, String blueprintId, boolean together, Supplier<CompletionStage<T>> action) {
    Hint hint = new Hint(-1, runId, UUID.randomUUID().toString(), blueprintId);
    return slot()
        .thenCompose(
            slot ->
                (together
                        ? write(slot, hint).thenCombine(action.get(), (done, result) -> result)
                        : write(slot, hint).thenCompose(done -> action.get()))
                    .thenCompose(result -> confirm(slot, hint).thenApply(done -> result)));
  }

  private CompletionStage<Long> slot() {
    long known = head.get();
    if (known < 0) {
      return bounds.read(NAME).thenApply(now -> learn(now.gate()));
    }
    if (written.incrementAndGet() % PER_SLOT == 0) {
      return bounds.raiseGate(NAME, known + 1).thenApply(done -> learn(known + 1));
    }
    return Async.of(known);
  }

  private long learn(long gate) {
    return head.accumulateAndGet(gate, Math::max);
  }

  CompletionStage<Void> write(long slot, Hint hint) {
    return cql.write(
        "note that run '" + hint.runId() + "' begins",
        insert.bind(
            slot, shard(hint.runId(), SHARDS), hint.runId(), hint.beginId(), hint.blueprintId()));
  }

  /** Writes a hint again if the gate has passed it. */
  CompletionStage<Void> confirm(long slot, Hint hint) {
    return bounds
        .read(NAME)
        .thenCompose(
            now -> {
              if (now.gate() <= slot) {
                return Async.DONE;
              }
              learn(now.gate());
              return write(now.gate(), hint).thenCompose(done -> confirm(now.gate(), hint));
            });
  }

  /** Hints of a partition behind a run, in the order of runs. */
  CompletionStage<List<Hint>> read(long slot, int shard, @Nullable String after, int limit) {
    List<Hint> hints = new ArrayList<>();
    return cql.rows(
            "list runs",
            select.bind(slot, shard, after == null ? "" : after, limit),
            row -> hints.add(hint(slot, row)))
        .thenApply(paged -> hints);
  }

  private static Hint hint(long slot, Row row) {
    return new Hint(slot, text(row, "run_id"), text(row, "begin_id"), text(row, "blueprint_id"));
  }

  private static String text(Row row, String column) {
    String text = row.getString(column);
    return text == null ? "" : text;
  }

  /** All hints of a slot. */
  CompletionStage<List<Hint>> readSlot(long slot) {
    List<Integer> shards = new ArrayList<>();
    for (int shard = 0; shard < SHARDS; shard++) {
      shards.add(shard);
    }
    return Async.each(shards, SHARDS, shard -> read(slot, shard, null, Integer.MAX_VALUE))
        .thenApply(
            lists ->
                lists.stream()
                    .flatMap(List::stream)
                    .sorted(Comparator.comparing(Hint::runId))
                    .toList());
  }

  /** Says that everything of a slot has been moved on. No run has the empty id. */
  CompletionStage<Void> leave(long slot) {
    return cql.write("leave hints behind", insert.bind(slot, 0, "", "left", ""))
        .thenAccept(done -> left.put(slot, true));
  }

  /** Whether everything of a slot has been moved on; then it need not be read. */
  CompletionStage<Boolean> isLeft(long slot) {
    if (left.get(slot) != null) {
      return Async.of(true);
    }
    return cql.one("read where hints begin", isLeft.bind(slot))
        .thenApply(
            row -> {
              if (row != null) {
                left.put(slot, true);
              }
              return row != null;
            });
  }

  /** The slots of these bounds that have to be read. */
  CompletionStage<List<Long>> slots(Bounds.Pair now) {
    List<Long> slots = new ArrayList<>();
    for (long slot = now.floor(); slot <= now.gate(); slot++) {
      slots.add(slot);
    }
    return Async.each(slots, SHARDS, slot -> isLeft(slot).thenApply(gone -> gone ? -1L : slot))
        .thenApply(found -> found.stream().filter(slot -> slot >= 0).sorted().toList());
  }

  /** Removes the partitions of a slot that nobody reads any more. */
  CompletionStage<Void> drop(long slot) {
    CompletionStage<Void> all = Async.DONE;
    for (int i = 0; i < SHARDS; i++) {
      int shard = i;
      all = all.thenCompose(done -> cql.write("tidy up hints", delete.bind(slot, shard)));
    }
    return all;
  }
}
