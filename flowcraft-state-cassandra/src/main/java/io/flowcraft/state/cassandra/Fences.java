package io.flowcraft.state.cassandra;

import com.datastax.oss.driver.api.core.data.UdtValue;
import io.flowcraft.error.ErrorCode;
import io.flowcraft.error.FlowcraftException;
import io.flowcraft.spi.RunSlice;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Begins epochs. What is stored is copied into a generation of the fence's own, which becomes the
 * run's by one lightweight transaction, unless the run has moved since it was read: who has moved
 * it may rely on what was committed since. Whatever else is written in the epoch that ends stays in
 * a generation that nobody reads any more. A fence that fails leaves nothing but a copy.
 */
final class Fences {

  /** So often a fence is tried while others move the run. */
  private static final int TRIES = 20;

  private final RunTable runs;
  private final Commits.Tables tables;
  private final Slices slices;
  private final Parts parts;
  private final WakeHints wakes;
  private final Begin begin;

  /** How generations begin. */
  record Begin(Ranks ranks, boolean strict) {

    Generation generation() {
      return Generation.begin(strict, ranks.tick());
    }
  }

  Fences(
      RunTable runs,
      Commits.Tables tables,
      Slices slices,
      Parts parts,
      WakeHints wakes,
      Begin begin) {
    this.runs = runs;
    this.tables = tables;
    this.slices = slices;
    this.parts = parts;
    this.wakes = wakes;
    this.begin = begin;
  }

  CompletionStage<Optional<RunSlice>> fence(String runId, long epoch, List<String> retracted) {
    return fence(runId, epoch, Set.copyOf(retracted), TRIES);
  }

  private CompletionStage<Optional<RunSlice>> fence(
      String runId, long epoch, Set<String> back, int tries) {
    if (tries == 0) {
      throw new FlowcraftException(
          ErrorCode.BACKEND,
          "Run '" + runId + "' moves faster than its next epoch can begin. Asking again is safe.");
    }
    return runs.find(runId)
        .thenCompose(
            found ->
                found.isEmpty() || found.get().record().epoch() != epoch
                    ? Async.of(Optional.empty())
                    : fence(found.get(), back)
                        .thenCompose(
                            slice ->
                                slice.isPresent()
                                    ? Async.of(slice)
                                    : fence(runId, epoch, back, tries - 1)));
  }

  /** Empty if the run has moved meanwhile, be it into another epoch. */
  private CompletionStage<Optional<RunSlice>> fence(Stored run, Set<String> back) {
    CompletionStage<Void> closed =
        run.generation().strict()
            ? tables.strict().close(run.record().runId(), run.generation())
            : Async.DONE;
    return closed
        .thenCompose(done -> slices.all(run))
        .thenCompose(
            found ->
                // Somebody else was faster if the generation is sealed.
                found.sealed() ? Async.of(Optional.empty()) : fence(run, kept(found.rows(), back)));
  }

  private static Map<String, ContextRow> kept(Map<String, ContextRow> rows, Set<String> back) {
    Map<String, ContextRow> kept = new HashMap<>();
    Map<String, ContextRow> latest = new HashMap<>();
    for (ContextRow row : rows.values()) {
      boolean outcome = row.kind().equals(ContextRow.OUTCOME);
      if (row.kind().equals(ContextRow.LATEST) || (outcome && back.contains(row.name()))) {
        continue;
      }
      kept.put(row.key(), apart(row));
      String node = outcome ? row.body().getString("node_id") : null;
      if (node != null && !node.equals(row.name()) && row.counts()) {
        latest.merge(node, row, (a, b) -> b.sequence() > a.sequence() ? b : a);
      }
    }
    latest.forEach(
        (node, row) -> {
          // Kept, as it was read, or written anew, as the latest may have been taken back.
          ContextRow pointer = rows.get(ContextRow.LATEST + node);
          if (pointer != null) {
            UdtValue body =
                pointer.body().setString("value", row.name()).setLong("sequence", row.sequence());
            kept.put(ContextRow.LATEST + node, new ContextRow(ContextRow.LATEST, node, body));
          }
        });
    return kept;
  }

  /** Rows in a copy need no mates: nobody sees it in part. */
  private static ContextRow apart(ContextRow row) {
    return new ContextRow(row.kind(), row.name(), row.body().setToNull("lead").setToNull("mates"));
  }

  private CompletionStage<Optional<RunSlice>> fence(Stored run, Map<String, ContextRow> kept) {
    String runId = run.record().runId();
    Generation next = begin.generation();
    List<WakeHints.Wake> timers = new ArrayList<>();
    return slices
        .decode(run, kept.values())
        .thenCompose(
            slice -> {
              slice.outcomes().values().forEach(outcome -> Lives.timer(runId, outcome, timers));
              return parts
                  .add(run.owner(), Deletions.GENERATION, next.name())
                  .thenCompose(done -> copy(runId, next, kept))
                  .thenCompose(done -> wakes.around(timers, () -> runs.begin(run, next)))
                  .thenCompose(
                      begun ->
                          begun
                              ? over(run).thenApply(done -> Optional.of(slice))
                              : tables
                                  .contexts()
                                  .delete(runId, next.name())
                                  .thenApply(done -> Optional.empty()));
            });
  }

  private CompletionStage<Void> copy(String runId, Generation next, Map<String, ContextRow> rows) {
    return next.strict()
        ? tables.strict().copy(runId, next, rows.values())
        : tables.contexts().copy(runId, next, rows.values());
  }

  /** The generation that is over says so to those who know no other; the one before it goes. */
  private CompletionStage<Void> over(Stored run) {
    String runId = run.record().runId();
    @Nullable String before = run.previous();
    return tables
        .contexts()
        .seal(runId, run.generation())
        .thenCompose(
            done ->
                before == null || before.isEmpty()
                    ? Async.DONE
                    : tables.contexts().delete(runId, before));
  }
}
