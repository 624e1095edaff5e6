package io.flowcraft.state.cassandra;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Writes generations by lightweight transactions. */
final class StrictContexts {

  private final ContextTable contexts;

  StrictContexts(Cql cql, Schema schema, ContextTable contexts) {
    this.contexts = contexts;
  }

  CompletionStage<Void> write(String runId, Generation generation, List<ContextRow> rows) {
    return contexts.write(runId, generation, rows, generation.bornAt());
  }

  CompletionStage<Void> close(String runId, Generation generation) {
    return Async.DONE;
  }

  CompletionStage<Void> copy(
      String runId, Generation generation, Collection<ContextRow> rows) {
    return contexts.copy(runId, generation, rows);
  }
}
