package io.flowcraft.state.cassandra;

import io.flowcraft.spi.Commit;
import io.flowcraft.spi.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Writes commits: one write into the generation of the epoch that the commit belongs to. */
final class Commits {

  private final RunTable runs;
  private final Tables tables;
  private final Codec codec;
  private final Values values;
  private final WakeHints wakes;
  private final Ranks ranks;

  /** The two ways to write into generations. */
  record Tables(ContextTable contexts, StrictContexts strict) {}

  Commits(RunTable runs, Tables tables, Codec codec, Values values, WakeHints wakes, Ranks ranks) {
    this.runs = runs;
    this.tables = tables;
    this.codec = codec;
    this.values = values;
    this.wakes = wakes;
    this.ranks = ranks;
  }

  CompletionStage<Void> commit(Commit commit) {
    if (commit.outcomes().isEmpty() && commit.entries().isEmpty()) {
      return Async.DONE;
    }
    // Everything is checked before the first write.
    Rows rows = Rows.of(commit, codec, values);
    long tick = ranks.tick();
    Stored seen = runs.seen(commit.runId());
    if (seen != null && seen.record().epoch() >= commit.epoch()) {
      return commit(seen, commit, rows, tick);
    }
    return runs.find(commit.runId())
        .thenCompose(
            found -> found.isEmpty() ? Async.DONE : commit(found.get(), commit, rows, tick));
  }

  /**
   * What was seen last of the run may be over: then this writes into the generation of an epoch
   * that has ended, where nobody looks. That is how such a commit is ignored.
   */
  private CompletionStage<Void> commit(Stored run, Commit commit, Rows rows, long tick) {
    if (run.record().epoch() > commit.epoch()) {
      return Async.DONE;
    }
    List<WakeHints.Wake> timers = new ArrayList<>();
    for (Outcome outcome : commit.outcomes()) {
      Lives.timer(commit.runId(), outcome, timers);
    }
    return values
        .write(run.owner(), rows.large())
        .thenCompose(
            done -> wakes.around(timers, () -> write(run, commit.runId(), rows.rows(), tick)));
  }

  private CompletionStage<Void> write(Stored run, String runId, List<ContextRow> rows, long tick) {
    return run.generation().strict()
        ? tables.strict().write(runId, run.generation(), rows)
        : tables.contexts().write(runId, run.generation(), rows, tick);
  }
}
