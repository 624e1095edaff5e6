package io.flowcraft.testkit.simulation;

import io.flowcraft.run.RunStatus;
import io.flowcraft.spi.Commit;
import io.flowcraft.spi.ContextStore;
import io.flowcraft.spi.HistoryEntry;
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

/** The context store as a process reaches it. */
final class StoreConnection implements ContextStore {

  static final String STORE = "store";

  private final Connection connection;
  private final ContextStore store;

  StoreConnection(Connection connection, ContextStore store) {
    this.connection = connection;
    this.store = store;
  }

  @Override
  public CompletionStage<RunRecord> create(RunRecord run) {
    return connection.call(STORE, () -> "create " + run.runId(), () -> store.create(run));
  }

  @Override
  public CompletionStage<Optional<RunRecord>> find(String runId) {
    return connection.ask(STORE, () -> "find " + runId, () -> store.find(runId));
  }

  @Override
  public CompletionStage<Void> commit(Commit commit) {
    return connection.call(STORE, () -> Words.of(commit), () -> store.commit(commit));
  }

  @Override
  public CompletionStage<RunSlice> read(String runId, Selection selection) {
    return connection.ask(
        STORE,
        () ->
            "read "
                + runId
                + (selection.everything()
                    ? ""
                    : " " + selection.instances() + selection.nodes() + selection.keys()),
        () -> store.read(runId, selection));
  }

  @Override
  public CompletionStage<Optional<RunSlice>> fence(
      String runId, long epoch, List<String> retracted) {
    return connection.call(
        STORE,
        () -> "fence " + Words.of(runId, epoch) + (retracted.isEmpty() ? "" : " " + retracted),
        () -> store.fence(runId, epoch, retracted));
  }

  @Override
  public CompletionStage<Optional<RunRecord>> transition(
      String runId,
      long epoch,
      Set<RunStatus> expected,
      RunStatus next,
      @Nullable Payload summary,
      long atMillis) {
    return connection.call(
        STORE,
        () -> "transition " + Words.of(runId, epoch) + " to " + next,
        () -> store.transition(runId, epoch, expected, next, summary, atMillis));
  }

  @Override
  public CompletionStage<RunPage> list(RunQuery query) {
    return connection.ask(STORE, () -> "list", () -> store.list(query));
  }

  @Override
  public CompletionStage<Void> append(String runId, List<HistoryEntry> entries) {
    return connection.call(STORE, () -> "append " + runId, () -> store.append(runId, entries));
  }

  @Override
  public CompletionStage<List<HistoryEntry>> history(String runId) {
    return connection.ask(STORE, () -> "history " + runId, () -> store.history(runId));
  }

  @Override
  public CompletionStage<Void> delete(String runId) {
    return connection.call(STORE, () -> "delete " + runId, () -> store.delete(runId));
  }

  @Override
  public void close() {}
}
