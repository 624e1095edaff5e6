package io.flowcraft.state.cassandra;

import io.flowcraft.error.ErrorCode;
import io.flowcraft.error.FlowcraftException;
import io.flowcraft.spi.Entry;
import io.flowcraft.spi.Outcome;
import io.flowcraft.spi.RunSlice;
import io.flowcraft.spi.Selection;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** Reads what is stored of a run: always whole commits, and never a generation that is over. */
final class Slices {

  private static final RunSlice NOTHING = new RunSlice(Map.of(), Map.of());

  /** So often a read follows a run that begins epoch after epoch, or commits that are torn. */
  private static final int TRIES = 10;

  /** Who asks for so many rows gets them sooner from all of the run than one by one. */
  private static final int MANY = 5_000;

  private final RunTable runs;
  private final ContextTable contexts;
  private final Codec codec;
  private final Values values;

  Slices(RunTable runs, ContextTable contexts, Codec codec, Values values) {
    this.runs = runs;
    this.contexts = contexts;
    this.codec = codec;
    this.values = values;
  }

  CompletionStage<RunSlice> read(String runId, Selection selection) {
    Stored seen = runs.seen(runId);
    return seen == null
        ? runs.find(runId).thenCompose(found -> read(found, selection))
        : read(seen, selection, TRIES);
  }

  private CompletionStage<RunSlice> read(Optional<Stored> run, Selection selection) {
    return run.isEmpty() ? Async.of(NOTHING) : read(run.get(), selection, TRIES);
  }

  /**
   * Reads a generation. Who began it may have lost it meanwhile: then it is sealed, or it has been
   * deleted, perhaps between two pages.
   */
  private CompletionStage<RunSlice> read(Stored run, Selection selection, int tries) {
    return (selection.everything() ? all(run) : some(run, selection))
        .thenCompose(
            found -> {
              boolean doubt = found.sealed() || found.rows().isEmpty() || found.paged();
              return doubt && tries > 0
                  ? runs.find(run.record().runId())
                      .thenCompose(now -> readAgain(run, now, found, selection, tries))
                  : decode(run, found.rows().values());
            });
  }

  private CompletionStage<RunSlice> readAgain(
      Stored before,
      Optional<Stored> now,
      ContextTable.Found found,
      Selection selection,
      int tries) {
    if (now.isEmpty()) {
      return Async.of(NOTHING);
    }
    return now.get().generation().equals(before.generation())
        ? decode(before, found.rows().values())
        : read(now.get(), selection, tries - 1);
  }

  /** Everything of a generation. */
  CompletionStage<ContextTable.Found> all(Stored run) {
    return contexts
        .readAll(run.record().runId(), run.generation())
        .thenCompose(found -> found.paged() ? whole(run, found, TRIES) : Async.of(found));
  }

  /** Reads what is missing of commits that show in part. */
  private CompletionStage<ContextTable.Found> whole(
      Stored run, ContextTable.Found found, int tries) {
    Set<ContextRow.Mate> missing = new LinkedHashSet<>();
    for (ContextRow row : found.rows().values()) {
      if (row.kind().equals(ContextRow.LATEST)) {
        continue;
      }
      ContextRow.Mate lead = row.lead();
      if (lead != null && isMissing(lead, found.rows())) {
        missing.add(lead);
      }
      for (ContextRow.Mate mate : row.mates()) {
        if (isMissing(mate, found.rows())) {
          missing.add(mate);
        }
      }
    }
    if (missing.isEmpty()) {
      return Async.of(found);
    }
    String runId = run.record().runId();
    if (tries == 0) {
      throw new FlowcraftException(
          ErrorCode.BACKEND,
          "Run '" + runId + "' changes faster than it can be read. Asking again is safe.");
    }
    return contexts
        .readSome(runId, run.generation(), missing)
        .thenCompose(
            more -> {
              Map<String, ContextRow> rows = new HashMap<>(found.rows());
              more.rows()
                  .forEach(
                      (key, row) -> rows.merge(key, row, (a, b) -> b.place() >= a.place() ? b : a));
              return whole(
                  run,
                  new ContextTable.Found(rows, found.sealed() || more.sealed(), true),
                  tries - 1);
            });
  }

  private static boolean isMissing(ContextRow.Mate mate, Map<String, ContextRow> rows) {
    ContextRow row = rows.get(mate.key());
    return row == null || row.place() < mate.place();
  }

  private CompletionStage<ContextTable.Found> some(Stored run, Selection selection) {
    Set<ContextRow.Mate> keys = new LinkedHashSet<>();
    selection.instances().forEach(name -> keys.add(key(ContextRow.OUTCOME, name)));
    selection.keys().forEach(name -> keys.add(key(ContextRow.ENTRY, name)));
    for (String node : selection.nodes()) {
      keys.add(key(ContextRow.OUTCOME, node));
      keys.add(key(ContextRow.LATEST, node));
    }
    if (keys.size() > MANY) {
      return all(run).thenApply(found -> chosen(selection, found, found));
    }
    return contexts
        .readSome(run.record().runId(), run.generation(), keys)
        .thenCompose(
            found -> selection.nodes().isEmpty() ? Async.of(found) : latest(run, selection, found));
  }

  private static ContextRow.Mate key(String kind, String name) {
    return new ContextRow.Mate(kind, name, 0);
  }

  /** Follows the pointers to the latest outcomes of nodes that have several instances. */
  private CompletionStage<ContextTable.Found> latest(
      Stored run, Selection selection, ContextTable.Found found) {
    Set<ContextRow.Mate> pointed = new LinkedHashSet<>();
    for (ContextRow row : found.rows().values()) {
      if (row.kind().equals(ContextRow.LATEST)) {
        pointed.add(key(ContextRow.OUTCOME, instance(row)));
      }
    }
    if (pointed.isEmpty()) {
      return Async.of(chosen(selection, found, found));
    }
    return contexts
        .readSome(run.record().runId(), run.generation(), pointed)
        .thenCompose(
            more -> {
              Map<String, ContextRow> rows = new HashMap<>(found.rows());
              rows.putAll(more.rows());
              ContextTable.Found both =
                  new ContextTable.Found(
                      rows, found.sealed() || more.sealed(), found.paged() || more.paged());
              boolean counts =
                  pointed.stream()
                      .map(key -> rows.get(key.key()))
                      .allMatch(row -> row != null && row.counts());
              // A pointer to what does not count any more does not say what does.
              return counts
                  ? Async.of(chosen(selection, found, both))
                  : all(run).thenApply(everything -> chosen(selection, found, everything));
            });
  }

  private static String instance(ContextRow pointer) {
    String instance = pointer.body().getString("value");
    return instance == null ? "" : instance;
  }

  /** What was asked for by instance and key, and of each node the latest outcome that counts. */
  private static ContextTable.Found chosen(
      Selection selection, ContextTable.Found asked, ContextTable.Found candidates) {
    Map<String, ContextRow> rows = new HashMap<>();
    selection.instances().forEach(name -> take(ContextRow.OUTCOME + name, asked, rows));
    selection.keys().forEach(name -> take(ContextRow.ENTRY + name, asked, rows));
    Set<String> nodes = Set.copyOf(selection.nodes());
    Map<String, ContextRow> latest = new HashMap<>();
    for (ContextRow row : candidates.rows().values()) {
      if (row.kind().equals(ContextRow.OUTCOME) && row.counts()) {
        String node = row.body().getString("node_id");
        if (node != null && nodes.contains(node)) {
          latest.merge(node, row, (a, b) -> b.sequence() > a.sequence() ? b : a);
        }
      }
    }
    latest.values().forEach(row -> rows.put(row.key(), row));
    return new ContextTable.Found(rows, asked.sealed() || candidates.sealed(), candidates.paged());
  }

  private static void take(String key, ContextTable.Found from, Map<String, ContextRow> into) {
    ContextRow row = from.rows().get(key);
    if (row != null) {
      into.put(key, row);
    }
  }

  /** The rows as the contract has them, with the large values that they point to. */
  CompletionStage<RunSlice> decode(Stored run, Collection<ContextRow> rows) {
    List<String> ids = new ArrayList<>();
    for (ContextRow row : rows) {
      if (!row.kind().equals(ContextRow.LATEST)) {
        Codec.largeOf(row, ids);
      }
    }
    return values.read(run.owner(), ids).thenApply(large -> decode(rows, large));
  }

  private RunSlice decode(Collection<ContextRow> rows, Map<String, String> large) {
    Map<String, Outcome> outcomes = new LinkedHashMap<>();
    Map<String, Entry> entries = new LinkedHashMap<>();
    for (ContextRow row : rows) {
      if (row.kind().equals(ContextRow.OUTCOME)) {
        outcomes.put(row.name(), codec.outcome(row, large));
      } else if (row.kind().equals(ContextRow.ENTRY)) {
        entries.put(row.name(), codec.entry(row, large));
      }
    }
    return new RunSlice(
        java.util.Collections.unmodifiableMap(outcomes),
        java.util.Collections.unmodifiableMap(entries));
  }

  /** The outcomes of some instances in a run's current generation, if the run is there. */
  CompletionStage<Optional<RunSlice>> outcomes(Stored run, Collection<String> instances) {
    return read(run, Selection.outcomes(instances), TRIES).thenApply(Optional::of);
  }
}
