package io.flowcraft.testkit.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowcraft.json.JsonSerializer;
import io.flowcraft.memory.InMemoryContextStore;
import io.flowcraft.run.RunStatus;
import io.flowcraft.spi.Payload;
import io.flowcraft.spi.RunRecord;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A store in memory lets go of ended runs when there are too many, and not before. */
class RetainedRunsTest {

  private final InMemoryContextStore store = new InMemoryContextStore(2);

  private void create(String runId) {
    Payload empty = Payload.of(Map.of(), new JsonSerializer());
    store.create(
        new RunRecord(
            runId,
            "blueprint",
            "hash",
            empty,
            null,
            null,
            empty,
            empty,
            RunStatus.RUNNING,
            null,
            1,
            null,
            1,
            1,
            1,
            "token"));
  }

  private void end(String runId, long epoch) {
    store.transition(runId, epoch, Set.of(RunStatus.RUNNING), RunStatus.COMPLETED, null, 2);
  }

  private List<String> kept() {
    return List.of("a", "b", "c").stream()
        .filter(runId -> store.find(runId).toCompletableFuture().join().isPresent())
        .toList();
  }

  @Test
  void theOldestEndedRunGoes() {
    for (String runId : List.of("a", "b", "c")) {
      create(runId);
      end(runId, 1);
    }

    assertThat(kept()).containsExactly("b", "c");
  }

  @Test
  void whoComesTooLateToEndARunEndsNoOther() {
    create("a");
    end("a", 1);
    create("b");
    end("b", 1);

    end("b", 1);
    end("b", 0);

    assertThat(kept()).containsExactly("a", "b");
  }
}
