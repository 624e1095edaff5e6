package io.flowcraft.testkit.broken;

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

/** Does what another store does, until somebody overrides something. */
class ForwardingContextStore implements ContextStore {

  final ContextStore store;

  ForwardingContextStore(ContextStore store) {
    this.store = store;
  }

  @Override
  public CompletionStage<RunRecord> create(RunRecord run) {
    return store.create(run);
  }

  @Override
  public CompletionStage<Optional<RunRecord>> find(String runId) {
    return store.find(runId);
  }

  @Override
  public CompletionStage<Void> commit(Commit commit) {
    return store.commit(commit);
  }

  @Override
  public CompletionStage<RunSlice> read(String runId, Selection selection) {
    return store.read(runId, selection);
  }

  @Override
  public CompletionStage<Optional<RunSlice>> fence(
      String runId, long epoch, List<String> retracted) {
    return store.fence(runId, epoch, retracted);
  }

  @Override
  public CompletionStage<Optional<RunRecord>> transition(
      String runId,
      long epoch,
      Set<RunStatus> expected,
      RunStatus next,
      Payload summary,
      long atMillis) {
    return store.transition(runId, epoch, expected, next, summary, atMillis);
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
  public void close() {
    store.close();
  }
}
