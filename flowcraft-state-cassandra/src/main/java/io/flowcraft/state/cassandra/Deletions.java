package io.flowcraft.state.cassandra;

import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Removes everything about a run, partition by partition, and its row last of all. */
final class Deletions {

  static final String GENERATION = "generation";

  private static final int AT_A_TIME = 8;

  private final RunTable runs;
  private final ContextTable contexts;
  private final Values values;
  private final HistoryTable history;
  private final Parts parts;
  private final EndedHints ended;

  Deletions(
      RunTable runs,
      ContextTable contexts,
      Values values,
      HistoryTable history,
      Parts parts,
      EndedHints ended) {
    this.runs = runs;
    this.contexts = contexts;
    this.values = values;
    this.history = history;
    this.parts = parts;
    this.ended = ended;
  }

  CompletionStage<Void> delete(Stored run) {
    String runId = run.record().runId();
    return parts
        .list(run.owner())
        .thenCompose(found -> Async.every(found, AT_A_TIME, part -> delete(run, part)))
        .thenCompose(done -> generations(run))
        .thenCompose(done -> parts.delete(run.owner()))
        .thenCompose(done -> ended.delete(runId))
        .thenCompose(done -> runs.delete(run));
  }

  /** The first generation of a run is not noted, so that its start is spared a write. */
  private CompletionStage<Void> generations(Stored run) {
    @Nullable String before = run.previous();
    List<String> names =
        before == null || before.isEmpty()
            ? List.of(run.generation().name())
            : List.of(run.generation().name(), before);
    return Async.every(names, AT_A_TIME, name -> contexts.delete(run.record().runId(), name));
  }

  private CompletionStage<Void> delete(Stored run, Parts.Part part) {
    return switch (part.kind()) {
      case Values.KIND -> values.delete(run.owner(), part.id());
      case HistoryTable.KIND -> history.delete(run.owner(), part.id());
      default -> contexts.delete(run.record().runId(), part.id());
    };
  }
}
