package io.flowcraft.state.cassandra;

import io.flowcraft.run.RunStatus;
import io.flowcraft.spi.RunPage;
import io.flowcraft.spi.RunQuery;
import io.flowcraft.spi.RunRecord;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Finds runs by their hints; every hint is checked against the run itself. */
final class Listing {

  /** The order of Cassandra's texts: that of their UTF-8 bytes. */
  static final Comparator<String> ORDER =
      (a, b) ->
          Arrays.compareUnsigned(
              a.getBytes(java.nio.charset.StandardCharsets.UTF_8),
              b.getBytes(java.nio.charset.StandardCharsets.UTF_8));

  private static final int AT_A_TIME = 32;
  private static final int LEAST_FETCH = 100;
  private static final int MOST_FETCH = 2_000;

  /** A page looks at so many runs at most; a short one has a cursor that leads on. */
  private static final int MOST_LOOKS = 20_000;

  private final RunTable runs;
  private final Bounds bounds;
  private final LiveHints live;
  private final EndedHints ended;
  private final Wakings wakings;
  private final Garbage garbage;

  Listing(
      RunTable runs,
      Bounds bounds,
      LiveHints live,
      EndedHints ended,
      Wakings wakings,
      Garbage garbage) {
    this.runs = runs;
    this.bounds = bounds;
    this.live = live;
    this.ended = ended;
    this.wakings = wakings;
    this.garbage = garbage;
  }

  CompletionStage<RunPage> list(RunQuery query) {
    Long before = query.wakesBeforeMillis();
    Page page = new Page(query);
    if (before == null) {
      return page.round(query.cursor());
    }
    return wakings
        .due(before)
        .thenApply(due -> due.stream().filter(run -> matches(run, query)).toList())
        .thenApply(due -> page(due, query));
  }

  private static RunPage page(List<RunRecord> found, RunQuery query) {
    NavigableMap<String, RunRecord> byId = new TreeMap<>(ORDER);
    found.forEach(run -> byId.put(run.runId(), run));
    Map<String, RunRecord> ahead =
        query.cursor() == null ? byId : byId.tailMap(query.cursor(), false);
    List<RunRecord> page = ahead.values().stream().limit(query.limit()).toList();
    boolean more = ahead.size() > page.size();
    return new RunPage(page, more ? page.get(page.size() - 1).runId() : null);
  }

  private static boolean matches(RunRecord run, RunQuery query) {
    return (query.statuses().isEmpty() || query.statuses().contains(run.status()))
        && (query.blueprintId() == null || query.blueprintId().equals(run.blueprintId()));
  }

  /** A place where hints are read in the order of runs. */
  private interface Source {
    CompletionStage<List<LiveHints.Hint>> read(@Nullable String after, int limit);
  }

  /** A page that is being put together. */
  private final class Page {

    private final RunQuery query;
    private final List<RunRecord> found = new ArrayList<>();
    private int looks;

    Page(RunQuery query) {
      this.query = query;
    }

    /** Reads hints behind a run, and goes on until the page is full or there are no more. */
    CompletionStage<RunPage> round(@Nullable String after) {
      return bounds
          .read(LiveHints.NAME)
          .thenCompose(now -> live.slots(now).thenCompose(slots -> round(after, now, slots)));
    }

    private CompletionStage<RunPage> round(
        @Nullable String after, Bounds.Pair now, List<Long> slots) {
      List<Source> sources = sources(slots);
      int fetch =
          Math.min(
              MOST_FETCH, Math.max(LEAST_FETCH, 4 * query.limit() / Math.max(1, sources.size())));
      return Async.each(
              sources, AT_A_TIME, source -> source.read(after, fetch).thenApply(hints -> hints))
          .thenCompose(
              lists ->
                  bounds
                      .read(LiveHints.NAME)
                      .thenCompose(
                          later ->
                              later.floor() > now.floor()
                                  // What was moved meanwhile may have been missed.
                                  ? round(after)
                                  : look(lists, fetch)));
    }

    private List<Source> sources(List<Long> slots) {
      List<Source> sources = new ArrayList<>();
      for (long slot : slots) {
        for (int shard = 0; shard < LiveHints.SHARDS; shard++) {
          long place = slot;
          int part = shard;
          sources.add((after, limit) -> live.read(place, part, after, limit));
        }
      }
      Set<RunStatus> statuses = query.statuses();
      if (statuses.isEmpty() || statuses.stream().anyMatch(RunStatus::isFinal)) {
        for (int shard = 0; shard < EndedHints.SHARDS; shard++) {
          int part = shard;
          sources.add((after, limit) -> ended.read(part, after, limit));
        }
      }
      return sources;
    }

    private CompletionStage<RunPage> look(List<List<LiveHints.Hint>> lists, int fetch) {
      // Up to the horizon, every list has all that there is.
      String horizon = null;
      NavigableMap<String, List<LiveHints.Hint>> byRun = new TreeMap<>(ORDER);
      for (List<LiveHints.Hint> hints : lists) {
        hints.forEach(
            hint -> byRun.computeIfAbsent(hint.runId(), id -> new ArrayList<>()).add(hint));
        if (hints.size() >= fetch) {
          String last = hints.get(hints.size() - 1).runId();
          horizon = horizon == null || ORDER.compare(last, horizon) < 0 ? last : horizon;
        }
      }
      NavigableMap<String, List<LiveHints.Hint>> known =
          horizon == null ? byRun : byRun.headMap(horizon, true);
      List<String> candidates = new ArrayList<>();
      known.forEach(
          (runId, hints) -> {
            if (hints.stream().anyMatch(this::isWorthALook)) {
              candidates.add(runId);
            }
          });
      int room = query.limit() - found.size();
      // More than fit are looked at together, as some may turn out not to match.
      boolean cut = candidates.size() > 2 * room;
      List<String> looked = cut ? candidates.subList(0, 2 * room) : candidates;
      String reached = cut ? looked.get(looked.size() - 1) : horizon;
      looks += looked.size();
      return Async.each(looked, AT_A_TIME, id -> runs.find(id).thenApply(Function.identity()))
          .thenCompose(
              rows -> {
                List<Stored> there = rows.stream().flatMap(java.util.Optional::stream).toList();
                there.forEach(run -> garbage.saw(run.record(), known));
                return turn(there, reached);
              });
    }

    private boolean isWorthALook(LiveHints.Hint hint) {
      boolean named = query.blueprintId() == null || query.blueprintId().equals(hint.blueprintId());
      boolean liveOnly =
          !query.statuses().isEmpty() && query.statuses().stream().noneMatch(RunStatus::isFinal);
      return named && !(liveOnly && garbage.isKnown(hint));
    }

    /** The page, if it is full or nothing is left; else what comes behind. */
    private CompletionStage<RunPage> turn(List<Stored> there, @Nullable String reached) {
      List<RunRecord> next =
          there.stream()
              .map(Stored::record)
              .filter(run -> matches(run, query))
              .sorted(Comparator.comparing(RunRecord::runId, ORDER))
              .toList();
      int room = query.limit() - found.size();
      if (next.size() > room) {
        found.addAll(next.subList(0, room));
        return Async.of(new RunPage(List.copyOf(found), found.get(found.size() - 1).runId()));
      }
      found.addAll(next);
      if (reached == null) {
        return Async.of(new RunPage(List.copyOf(found), null));
      }
      if (found.size() == query.limit() || looks >= MOST_LOOKS) {
        return Async.of(new RunPage(List.copyOf(found), reached));
      }
      return round(reached);
    }
  }
}
