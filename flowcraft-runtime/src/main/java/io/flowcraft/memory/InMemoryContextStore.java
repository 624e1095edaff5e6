package io.flowcraft.memory;

import io.flowcraft.error.FlowcraftException;
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
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
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

  private final ConcurrentHashMap<String, StoredRun> runs = new ConcurrentHashMap<>();
  private final Queue<String> ended = new ConcurrentLinkedQueue<>();
  private final AtomicInteger endedCount = new AtomicInteger();
  private final int retained;

  /** A store without runs that keeps every run until it is deleted. */
  public InMemoryContextStore() {
    this(Integer.MAX_VALUE);
  }

  /**
   * A store without runs.
   *
   * @param retained how many ended runs to keep, children not counted; the oldest go first
   */
  public InMemoryContextStore(int retained) {
    if (retained < 1) {
      throw new IllegalArgumentException(
          "A context store in memory that retains " + retained + " runs; expected: 1 or more.");
    }
    this.retained = retained;
  }

  @Override
  public CompletionStage<RunRecord> create(RunRecord run) {
    StoredRun fresh = new StoredRun(run);
    StoredRun earlier = runs.putIfAbsent(run.runId(), fresh);
    String parent = run.parentRunId();
    if (earlier == null && parent != null) {
      StoredRun above = runs.get(parent);
      if (above != null) {
        above.addChild(run.runId());
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
  public CompletionStage<Optional<RunSlice>> fence(
      String runId, long epoch, List<String> retracted) {
    StoredRun run = runs.get(runId);
    return CompletableFuture.completedFuture(
        Optional.ofNullable(run == null ? null : run.fence(epoch, retracted)));
  }

  @Override
  public CompletionStage<Optional<RunRecord>> transition(
      String runId,
      long epoch,
      Set<RunStatus> expected,
      RunStatus next,
      @Nullable Payload summary,
      long atMillis) {
    StoredRun run = runs.get(runId);
    if (run == null) {
      return CompletableFuture.completedFuture(Optional.empty());
    }
    RunRecord moved;
    try {
      moved = run.transition(epoch, expected, next, summary, atMillis);
    } catch (FlowcraftException e) {
      return CompletableFuture.failedFuture(e);
    }
    if (moved == null) {
      return CompletableFuture.completedFuture(Optional.of(run.record()));
    }
    if (next.isFinal() && moved.parentRunId() == null) {
      retain(runId);
    }
    return CompletableFuture.completedFuture(Optional.of(moved));
  }

  /** Takes note of an ended run; the oldest one goes if there are too many. */
  private void retain(String runId) {
    if (retained == Integer.MAX_VALUE) {
      return;
    }
    ended.add(runId);
    if (endedCount.incrementAndGet() <= retained) {
      return;
    }
    endedCount.decrementAndGet();
    String oldest = ended.poll();
    StoredRun run = oldest == null ? null : runs.get(oldest);
    if (oldest != null && run != null && run.record().status().isFinal()) {
      remove(oldest);
    }
  }

  private void remove(String runId) {
    StoredRun run = runs.remove(runId);
    if (run != null) {
      run.children().forEach(this::remove);
    }
  }

  @Override
  public CompletionStage<RunPage> list(RunQuery query) {
    String cursor = query.cursor();
    List<RunRecord> found = new ArrayList<>();
    for (StoredRun stored : runs.values()) {
      RunRecord run = stored.record();
      boolean ahead = cursor == null || run.runId().compareTo(cursor) > 0;
      if (ahead && matches(run, query) && wakes(stored, query)) {
        found.add(run);
      }
    }
    found.sort(Comparator.comparing(RunRecord::runId));
    if (found.size() <= query.limit()) {
      return CompletableFuture.completedFuture(new RunPage(List.copyOf(found), null));
    }
    List<RunRecord> page = List.copyOf(found.subList(0, query.limit()));
    return CompletableFuture.completedFuture(new RunPage(page, page.get(page.size() - 1).runId()));
  }

  private static boolean wakes(StoredRun run, RunQuery query) {
    Long before = query.wakesBeforeMillis();
    return before == null || run.wakesBefore(before);
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
    runs.remove(runId);
    return DONE;
  }

  @Override
  public void close() {}
}
