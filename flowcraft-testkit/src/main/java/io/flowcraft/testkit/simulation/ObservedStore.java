package io.flowcraft.testkit.simulation;

import io.flowcraft.memory.InMemoryContextStore;
import io.flowcraft.run.RunStatus;
import io.flowcraft.spi.Commit;
import io.flowcraft.spi.ContextStore;
import io.flowcraft.spi.Entry;
import io.flowcraft.spi.HistoryEntry;
import io.flowcraft.spi.Outcome;
import io.flowcraft.spi.Payload;
import io.flowcraft.spi.RunPage;
import io.flowcraft.spi.RunQuery;
import io.flowcraft.spi.RunRecord;
import io.flowcraft.spi.RunSlice;
import io.flowcraft.spi.Selection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The context store that all processes share, watched while it changes. */
final class ObservedStore implements ContextStore {

  private final InMemoryContextStore store = new InMemoryContextStore();
  private final RunRules rules;
  private final @Nullable WireFormat format;

  /**
   * A store.
   *
   * @param format what becomes of data on the way; null if it stays what it is
   */
  ObservedStore(RunRules rules, @Nullable WireFormat format) {
    this.rules = rules;
    this.format = format;
  }

  /** The run of this id; null if there is none. */
  @Nullable RunRecord run(String runId) {
    return now(store.find(runId)).orElse(null);
  }

  /** All runs, ordered by id. */
  List<RunRecord> runs() {
    return now(store.list(new RunQuery(Set.of(), null, null, 10_000))).runs();
  }

  /** Everything about a run. */
  RunSlice everything(String runId) {
    return now(store.read(runId, Selection.ALL));
  }

  private static <T> T now(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }

  @Override
  public CompletionStage<RunRecord> create(RunRecord run) {
    boolean known = run(run.runId()) != null;
    CompletionStage<RunRecord> created = store.create(format == null ? run : format.of(run));
    if (!known) {
      rules.created(run);
    }
    return created;
  }

  @Override
  public CompletionStage<Optional<RunRecord>> find(String runId) {
    return store.find(runId);
  }

  @Override
  public CompletionStage<Void> commit(Commit sent) {
    Commit commit = format == null ? sent : format.of(sent);
    RunRecord run = run(commit.runId());
    if (run == null) {
      return store.commit(commit);
    }
    Selection written =
        new Selection(
            false,
            commit.outcomes().stream().map(Outcome::instance).toList(),
            List.of(),
            commit.entries().stream().map(Entry::key).toList());
    RunSlice before = now(store.read(commit.runId(), written));
    CompletionStage<Void> done = store.commit(commit);
    rules.committed(run, commit, before, now(store.read(commit.runId(), written)), this);
    return done;
  }

  @Override
  public CompletionStage<RunSlice> read(String runId, Selection selection) {
    return store.read(runId, selection);
  }

  @Override
  public CompletionStage<Optional<RunSlice>> fence(
      String runId, long epoch, List<String> retracted) {
    RunSlice before = now(store.read(runId, Selection.outcomes(retracted)));
    CompletionStage<Optional<RunSlice>> fenced = store.fence(runId, epoch, retracted);
    if (now(fenced).isPresent()) {
      rules.retracted(runId, before.outcomes());
    }
    return fenced;
  }

  @Override
  public CompletionStage<Optional<RunRecord>> transition(
      String runId,
      long epoch,
      Set<RunStatus> expected,
      RunStatus next,
      @Nullable Payload summary,
      long atMillis) {
    RunRecord before = run(runId);
    CompletionStage<Optional<RunRecord>> done =
        store.transition(
            runId,
            epoch,
            expected,
            next,
            format == null ? summary : format.summary(summary),
            atMillis);
    RunRecord after = run(runId);
    if (before != null && after != null) {
      rules.moved(before, after);
    }
    return done;
  }

  @Override
  public CompletionStage<RunPage> list(RunQuery query) {
    return store.list(query);
  }

  @Override
  public CompletionStage<Void> append(String runId, List<HistoryEntry> entries) {
    return store.append(runId, entries);
  }

  @Override
  public CompletionStage<List<HistoryEntry>> history(String runId) {
    return store.history(runId);
  }

  @Override
  public CompletionStage<Void> delete(String runId) {
    return store.delete(runId);
  }

  @Override
  public void close() {}
}
