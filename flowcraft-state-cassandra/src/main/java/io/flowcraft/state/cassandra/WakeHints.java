package io.flowcraft.state.cassandra;

import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import io.flowcraft.spi.TimeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * Hints at times at which runs go on by themselves, hour by hour. They are written before what they
 * point to, and are never deleted one by one: the floor passes them.
 */
final class WakeHints {

  static final String NAME = "wakes";
  static final String TIMER = "t";
  static final String DEADLINE = "d";
  static final String EXPIRY = "x";

  private static final int SHARDS = 4;
  private static final long HOUR = 3_600_000;
  private static final long DAY = 24 * HOUR;
  private static final int AT_A_TIME = 16;

  private final Cql cql;
  private final Bounds bounds;
  private final TimeSource time;
  private final Ranks ranks;
  private final PreparedStatement insert;
  private final PreparedStatement select;
  private final PreparedStatement delete;
  private final AtomicLong gate = new AtomicLong(-1);

  /**
   * A time at which something of a run is to happen.
   *
   * @param runId the run
   * @param instance the instance that goes on; empty for the run itself
   * @param kind what happens
   * @param wakeAt when, in milliseconds of the epoch
   */
  record Wake(String runId, String instance, String kind, long wakeAt) {}

  /** A wake where it is written. */
  record Hint(long at, long nonce, Wake wake) {}

  WakeHints(Cql cql, Schema schema, Bounds bounds, TimeSource time, Ranks ranks) {
    this.cql = cql;
    this.bounds = bounds;
    this.time = time;
    this.ranks = ranks;
    String table = schema.table(Schema.Role.WAKES);
    insert =
        cql.prepare(
            "INSERT INTO "
                + table
                + " (hour, shard, at_millis, run_id, instance, kind, nonce, wake_at) VALUES (?, ?,"
                + " ?, ?, ?, ?, ?, ?)");
    select =
        cql.prepare(
            "SELECT at_millis, run_id, instance, kind, nonce, wake_at FROM "
                + table
                + " WHERE hour = ? AND shard = ? AND at_millis >= ? AND at_millis <= ?");
    delete = cql.prepare("DELETE FROM " + table + " WHERE hour = ? AND shard = ?");
  }

  /** The bounds; who finds none sets them so far back that it does not matter who it is. */
  CompletionStage<Bounds.Pair> bounds() {
    return bounds
        .read(NAME)
        .thenCompose(
            now -> {
              if (now.known()) {
                gate.accumulateAndGet(now.gate(), Math::max);
                return Async.of(now);
              }
              long begin = today() - 2 * DAY;
              return bounds
                  .raiseGate(NAME, begin)
                  .thenCompose(done -> bounds.raiseFloor(NAME, begin))
                  .thenCompose(done -> bounds());
            });
  }

  private long today() {
    long now = time.millis();
    return now - Math.floorMod(now, DAY);
  }

  /** Does what the wakes point to, so that they are found from then on. */
  <T> CompletionStage<T> around(List<Wake> wakes, Supplier<CompletionStage<T>> action) {
    if (wakes.isEmpty()) {
      return action.get();
    }
    CompletionStage<Long> known =
        gate.get() < 0 ? bounds().thenApply(Bounds.Pair::gate) : Async.of(gate.get());
    return known.thenCompose(
        from ->
            Async.every(wakes, AT_A_TIME, wake -> write(wake, from))
                .thenCompose(done -> action.get())
                .thenCompose(result -> confirm(wakes, from).thenApply(done -> result)));
  }

  private CompletionStage<Void> confirm(List<Wake> wakes, long from) {
    return bounds()
        .thenCompose(
            now -> {
              List<Wake> passed =
                  wakes.stream().filter(wake -> place(wake, from) < now.gate()).toList();
              return passed.isEmpty()
                  ? Async.DONE
                  : Async.every(passed, AT_A_TIME, wake -> write(wake, now.gate()))
                      .thenCompose(done -> confirm(passed, now.gate()));
            });
  }

  /** Where a wake is written; the day keeps it clear of bounds that somebody sets first. */
  private static long place(Wake wake, long from) {
    return Math.max(wake.wakeAt(), from);
  }

  private CompletionStage<Void> write(Wake wake, long from) {
    long at = Math.max(place(wake, from), today());
    return cql.write(
        "note when run '" + wake.runId() + "' goes on",
        insert.bind(
            at / HOUR,
            LiveHints.shard(wake.runId(), SHARDS),
            at,
            wake.runId(),
            wake.instance(),
            wake.kind(),
            ranks.tick(),
            wake.wakeAt()));
  }

  /** The hints at times until a given one, which are to be verified. */
  CompletionStage<List<Hint>> until(long millis) {
    return bounds()
        .thenCompose(
            now -> {
              long last = Math.max(Math.max(millis, now.gate()), time.millis() + HOUR);
              return read(now.floor(), last)
                  .thenCompose(
                      hints ->
                          bounds()
                              .thenCompose(
                                  later ->
                                      // What was moved meanwhile may have been missed.
                                      later.floor() > now.floor()
                                          ? until(millis)
                                          : Async.of(due(hints, millis))));
            });
  }

  private static List<Hint> due(List<Hint> hints, long millis) {
    return hints.stream().filter(hint -> hint.wake().wakeAt() <= millis).toList();
  }

  /** All hints from one place to another, both included. */
  CompletionStage<List<Hint>> read(long from, long to) {
    List<long[]> partitions = new ArrayList<>();
    for (long hour = from / HOUR; hour <= to / HOUR; hour++) {
      for (int shard = 0; shard < SHARDS; shard++) {
        partitions.add(new long[] {hour, shard});
      }
    }
    return Async.each(
            partitions,
            AT_A_TIME,
            partition -> {
              List<Hint> hints = new ArrayList<>();
              return cql.rows(
                      "list timers",
                      select.bind(partition[0], (int) partition[1], from, to),
                      row -> add(row, hints))
                  .thenApply(paged -> hints);
            })
        .thenApply(lists -> lists.stream().flatMap(List::stream).toList());
  }

  private static void add(Row row, List<Hint> hints) {
    String runId = row.getString("run_id");
    String instance = row.getString("instance");
    String kind = row.getString("kind");
    if (runId != null && instance != null && kind != null) {
      hints.add(
          new Hint(
              row.getLong("at_millis"),
              row.getLong("nonce"),
              new Wake(runId, instance, kind, row.getLong("wake_at"))));
    }
  }

  CompletionStage<Void> raiseGate(long millis) {
    gate.accumulateAndGet(millis, Math::max);
    return bounds.raiseGate(NAME, millis);
  }

  /** Lets readers begin later, and removes the hours that nobody reads any more. */
  CompletionStage<Void> raiseFloor(long before, long millis) {
    CompletionStage<Void> all = bounds.raiseFloor(NAME, millis);
    for (long hour = before / HOUR; hour < millis / HOUR; hour++) {
      for (int shard = 0; shard < SHARDS; shard++) {
        long past = hour;
        int part = shard;
        all = all.thenCompose(done -> cql.write("tidy up timers", delete.bind(past, part)));
      }
    }
    return all;
  }
}
