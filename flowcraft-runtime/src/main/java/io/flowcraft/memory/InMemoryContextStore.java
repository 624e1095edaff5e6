package io.flowcraft.memory;

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
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/**
 * A context store in memory. Every operation is finished when its method returns.
 *
 * <p>What is written about a run that is not there is dropped. Closing the store does nothing: the
 * runs stay for whoever shares it, as if it were a database.
 */
public final class InMemoryContextStore implements ContextStore {

  private static final CompletionStage<Void> DONE = CompletableFuture.completedFuture(null);
  private static final RunSlice NOTHING = new RunSlice(Map.of(), Map.of());

  /** Finds a run; the sorted map beside it is only for lists, as it is slower. */
  private final ConcurrentHashMap<String, StoredRun> runs = new ConcurrentHashMap<>();

  private final ConcurrentNavigableMap<String, StoredRun> sorted = new ConcurrentSkipListMap<>();

  /** A store without runs. */
  public InMemoryContextStore() {}

  @Override
  public CompletionStage<RunRecord> create(RunRecord run) {
    StoredRun fresh = new StoredRun(run);
    StoredRun earlier = runs.putIfAbsent(run.runId(), fresh);
    if (earlier == null) {
      sorted.put(run.runId(), fresh);
      if (runs.get(run.runId()) != fresh) {
        // Deleted in between, by somebody who could not see it in the list yet.
        sorted.remove(run.runId(), fresh);
      }
    }
    return CompletableFuture.completedFuture(earlier == null ? run : earlier.record());
  }

  @Override
  public CompletionStage<Optional<RunRecord>> find(String runId) {
    StoredRun run = runs.get(runId);
    return CompletableFuture.completedFuture(
        run == null ? Optional.empty() : Optional.of(run.record()));
  }

  @Override
  public CompletionStage<Void> commit(Commit commit) {
    StoredRun run = runs.get(commit.runId());
    if (run != null) {
      run.commit(commit);
    }
    return DONE;
  }

  @Override
  public CompletionStage<RunSlice> read(String runId, Selection selection) {
    StoredRun run = runs.get(runId);
    return CompletableFuture.completedFuture(run == null ? NOTHING : run.read(selection));
  }

  @Override
  public CompletionStage<Void> retract(String runId, List<String> instances) {
    StoredRun run = runs.get(runId);
    if (run != null) {
      run.retract(instances);
    }
    return DONE;
  }

  @Override
  public CompletionStage<Optional<RunRecord>> transition(
      String runId,
      Set<RunStatus> expected,
      RunStatus next,
      @Nullable Payload summary,
      long atMillis) {
    StoredRun run = runs.get(runId);
    return CompletableFuture.completedFuture(
        run == null
            ? Optional.empty()
            : Optional.of(run.transition(expected, next, summary, atMillis)));
  }

  @Override
  public CompletionStage<RunPage> list(RunQuery query) {
    String cursor = query.cursor();
    Iterator<StoredRun> rest =
        (cursor == null ? sorted : sorted.tailMap(cursor, false)).values().iterator();
    List<RunRecord> page = new ArrayList<>();
    while (rest.hasNext()) {
      RunRecord run = rest.next().record();
      if (!matches(run, query)) {
        continue;
      }
      if (page.size() == query.limit()) {
        String last = page.get(page.size() - 1).runId();
        return CompletableFuture.completedFuture(new RunPage(List.copyOf(page), last));
      }
      page.add(run);
    }
    return CompletableFuture.completedFuture(new RunPage(List.copyOf(page), null));
  }

  private static boolean matches(RunRecord run, RunQuery query) {
    return (query.statuses().isEmpty() || query.statuses().contains(run.status()))
        && (query.blueprintId() == null || query.blueprintId().equals(run.blueprintId()));
  }

  @Override
  public CompletionStage<Void> append(String runId, List<HistoryEntry> entries) {
    StoredRun run = runs.get(runId);
    if (run != null) {
      run.append(entries);
    }
    return DONE;
  }

  @Override
  public CompletionStage<List<HistoryEntry>> history(String runId) {
    StoredRun run = runs.get(runId);
    return CompletableFuture.completedFuture(run == null ? List.of() : run.history());
  }

  @Override
  public CompletionStage<Void> delete(String runId) {
    StoredRun removed = runs.remove(runId);
    if (removed != null) {
      sorted.remove(runId, removed);
    }
    return DONE;
  }

  @Override
  public void close() {}
}
