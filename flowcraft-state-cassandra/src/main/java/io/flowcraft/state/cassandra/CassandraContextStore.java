package io.flowcraft.state.cassandra;

import io.flowcraft.error.ErrorCode;
import io.flowcraft.error.FlowcraftException;
import io.flowcraft.run.RunStatus;
import io.flowcraft.spi.Commit;
import io.flowcraft.spi.ContextStore;
import io.flowcraft.spi.HistoryEntry;
import io.flowcraft.spi.Payload;
import io.flowcraft.spi.ProviderContext;
import io.flowcraft.spi.RunPage;
import io.flowcraft.spi.RunQuery;
import io.flowcraft.spi.RunRecord;
import io.flowcraft.spi.RunSlice;
import io.flowcraft.spi.Selection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A context store on Apache Cassandra 5.
 *
 * <p>No method blocks; stages complete on threads of the driver. A failure of the cluster completes
 * a stage with a {@link FlowcraftException} of the code {@link ErrorCode#BACKEND}; asking again is
 * safe. Lists are ordered by the code points of run ids.
 */
public final class CassandraContextStore implements ContextStore {

  private final Backend backend;

  private CassandraContextStore(Backend backend) {
    this.backend = backend;
  }

  /**
   * Connects, sees to the tables as the settings say, and opens the store. Blocks.
   *
   * @throws FlowcraftException if the cluster can't be reached, or the tables are not as they
   *     should be
   */
  public static CassandraContextStore open(CassandraSettings settings, ProviderContext context) {
    return new CassandraContextStore(Backend.open(settings, context));
  }

  /** For tests: the parts that do the work. */
  Backend backend() {
    return backend;
  }

  @Override
  public CompletionStage<RunRecord> create(RunRecord run) {
    return guarded(() -> backend.lives().create(run).thenApply(Stored::record));
  }

  @Override
  public CompletionStage<Optional<RunRecord>> find(String runId) {
    return guarded(() -> backend.runs().find(runId).thenApply(run -> run.map(Stored::record)));
  }

  @Override
  public CompletionStage<Void> commit(Commit commit) {
    return guarded(() -> backend.commits().commit(commit));
  }

  @Override
  public CompletionStage<RunSlice> read(String runId, Selection selection) {
    return guarded(() -> backend.slices().read(runId, selection));
  }

  @Override
  public CompletionStage<Optional<RunSlice>> fence(
      String runId, long epoch, List<String> retracted) {
    return guarded(() -> backend.fences().fence(runId, epoch, retracted));
  }

  @Override
  public CompletionStage<Optional<RunRecord>> transition(
      String runId,
      long epoch,
      Set<RunStatus> expected,
      RunStatus next,
      @Nullable Payload summary,
      long atMillis) {
    return guarded(
        () ->
            backend
                .lives()
                .move(new Lives.Move(runId, epoch, Set.copyOf(expected), next, summary, atMillis)));
  }

  @Override
  public CompletionStage<RunPage> list(RunQuery query) {
    return guarded(
        () ->
            backend
                .listing()
                .list(query)
                .thenApply(
                    page -> {
                      backend.tidySoon();
                      return page;
                    }));
  }

  @Override
  public CompletionStage<Void> append(String runId, List<HistoryEntry> entries) {
    return guarded(
        () ->
            backend
                .owner(runId)
                .thenCompose(
                    owner ->
                        owner.isEmpty()
                            ? Async.DONE
                            : backend.history().append(owner.get(), List.copyOf(entries))));
  }

  @Override
  public CompletionStage<List<HistoryEntry>> history(String runId) {
    // A history is read seldom, and must not be that of an earlier run of the id.
    return guarded(
        () ->
            backend
                .runs()
                .find(runId)
                .thenCompose(
                    run ->
                        run.isEmpty()
                            ? Async.of(List.of())
                            : backend.history().read(run.get().owner())));
  }

  @Override
  public CompletionStage<Void> delete(String runId) {
    return guarded(() -> backend.lives().delete(runId));
  }

  /** What is refused before anything is written is told like everything else. */
  private static <T> CompletionStage<T> guarded(Supplier<CompletionStage<T>> action) {
    try {
      return action.get();
    } catch (FlowcraftException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  @Override
  public void close() {
    backend.close();
  }
}
