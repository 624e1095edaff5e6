package io.flowcraft.state.cassandra;

import static io.flowcraft.state.cassandra.Server.EPOCH;
import static io.flowcraft.state.cassandra.Server.answer;
import static io.flowcraft.state.cassandra.Server.completed;
import static io.flowcraft.state.cassandra.Server.entry;
import static org.assertj.core.api.Assertions.assertThat;

import io.flowcraft.run.NodeStatus;
import io.flowcraft.spi.Commit;
import io.flowcraft.spi.ContextStore;
import io.flowcraft.spi.Outcome;
import io.flowcraft.spi.RunSlice;
import io.flowcraft.spi.Selection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** Two processes at one run, one of them slow at just the wrong point. */
class FenceTest {

  private static final String KEYSPACE = "fences";

  private final String runId = "run-" + UUID.randomUUID();
  private final HoldingSession holding = new HoldingSession(Server.session());
  private final ContextStore slow =
      CassandraContextStore.open(
          Server.settings(KEYSPACE).session(holding.session()).build(), Server.context());
  private final ContextStore quick = Server.open(KEYSPACE);

  private static boolean writesOutcomes(String query) {
    return query.startsWith("INSERT INTO fences.flowcraft_contexts");
  }

  private static boolean beginsEpoch(String query) {
    return query.contains("SET epoch");
  }

  private static Commit commit(String runId, long epoch, String name, long sequence) {
    return new Commit(
        runId,
        epoch,
        List.of(completed(name, sequence)),
        List.of(entry(name, "" + sequence, sequence)));
  }

  private void begin() throws Exception {
    answer(slow.create(Server.run(runId)));
    answer(quick.find(runId));
    answer(quick.commit(commit(runId, EPOCH, "early", 1)));
  }

  private RunSlice all(ContextStore store) throws Exception {
    return answer(store.read(runId, Selection.ALL));
  }

  @Test
  void aCommitThatArrivesAfterAFenceCountsForNothing() throws Exception {
    begin();
    holding.hold(FenceTest::writesOutcomes);
    CompletionStage<Void> late = slow.commit(commit(runId, EPOCH, "late", 2));
    holding.awaitHeld();

    Optional<RunSlice> fenced = answer(quick.fence(runId, EPOCH, List.of()));
    holding.release();
    answer(late);

    assertThat(fenced).isPresent();
    assertThat(fenced.orElseThrow().outcomes()).containsOnlyKeys("early");
    assertThat(all(quick)).isEqualTo(fenced.orElseThrow());
    assertThat(all(slow)).as("read by who knew the old epoch only").isEqualTo(fenced.orElseThrow());
  }

  @Test
  void aCommitBetweenTheReadAndTheMoveOfAFenceIsIgnoredAsAWhole() throws Exception {
    begin();
    holding.hold(FenceTest::beginsEpoch);
    CompletionStage<Optional<RunSlice>> fence = slow.fence(runId, EPOCH, List.of());
    holding.awaitHeld();

    answer(quick.commit(commit(runId, EPOCH, "between", 2)));
    holding.release();

    RunSlice fenced = answer(fence).orElseThrow();
    assertThat(fenced.outcomes()).containsOnlyKeys("early");
    assertThat(all(quick)).isEqualTo(fenced);
    assertThat(all(slow)).isEqualTo(fenced);
  }

  @Test
  void ofTwoFencesTheSlowOneLeavesNothing() throws Exception {
    begin();
    holding.hold(FenceTest::beginsEpoch);
    CompletionStage<Optional<RunSlice>> first = slow.fence(runId, EPOCH, List.of("early"));
    holding.awaitHeld();

    answer(quick.commit(commit(runId, EPOCH, "between", 2)));
    RunSlice second = answer(quick.fence(runId, EPOCH, List.of())).orElseThrow();
    holding.release();

    assertThat(answer(first)).isEmpty();
    assertThat(second.outcomes()).containsOnlyKeys("early", "between");
    assertThat(all(quick)).isEqualTo(second);
    assertThat(all(slow)).isEqualTo(second);
    assertThat(answer(slow.find(runId)).orElseThrow().epoch()).isEqualTo(EPOCH + 1);
  }

  @Test
  void aFenceThatDiesWhileItCopiesIsFollowedByAnother() throws Exception {
    begin();
    holding.hold(FenceTest::writesOutcomes);
    CompletionStage<Optional<RunSlice>> dead = slow.fence(runId, EPOCH, List.of("early"));
    holding.awaitHeld();

    RunSlice fenced = answer(quick.fence(runId, EPOCH, List.of())).orElseThrow();

    assertThat(dead.toCompletableFuture()).isNotDone();
    assertThat(fenced.outcomes()).containsOnlyKeys("early");
    assertThat(all(quick)).isEqualTo(fenced);
  }

  @Test
  void aFenceThatDiesAfterTheMoveHasBegunTheEpoch() throws Exception {
    begin();
    answer(quick.fence(runId, EPOCH, List.of()));
    holding.hold(query -> query.contains("SET sealed"));
    CompletionStage<Optional<RunSlice>> dead = slow.fence(runId, EPOCH + 1, List.of("early"));
    holding.awaitHeld();

    assertThat(dead.toCompletableFuture()).isNotDone();
    assertThat(answer(quick.find(runId)).orElseThrow().epoch()).isEqualTo(EPOCH + 2);
    assertThat(all(quick).outcomes()).isEmpty();
    assertThat(answer(quick.fence(runId, EPOCH + 2, List.of()))).isPresent();
  }

  @Test
  void aLateDuplicateOfWhatWasTakenBackDoesNotComeBack() throws Exception {
    begin();
    Outcome failed = Server.outcome("again", NodeStatus.FAILED, 9, null);
    Commit first = new Commit(runId, EPOCH, List.of(failed), List.of());
    answer(slow.commit(first));

    answer(quick.fence(runId, EPOCH, List.of("again")));
    answer(slow.commit(first));

    assertThat(all(quick).outcomes()).containsOnlyKeys("early");
    Outcome again = completed("again", 2);
    answer(slow.commit(new Commit(runId, EPOCH + 1, List.of(again), List.of())));
    assertThat(all(quick).outcomes()).containsEntry("again", again);
    assertThat(all(slow).outcomes()).containsEntry("again", again);
  }

  @Test
  void whoKnowsAnOldEpochReadsTheNewOne() throws Exception {
    begin();
    all(slow);
    answer(quick.fence(runId, EPOCH, List.of("early")));
    answer(quick.fence(runId, EPOCH + 1, List.of()));
    answer(quick.commit(new Commit(runId, EPOCH + 2, List.of(completed("new", 5)), List.of())));

    assertThat(all(slow).outcomes()).containsOnlyKeys("new");
    assertThat(answer(slow.read(runId, Selection.outcomes(List.of("new")))).outcomes())
        .containsOnlyKeys("new");
  }

  @Test
  void aReaderWhoseGenerationIsDeletedReadsTheNewOne() throws Exception {
    begin();
    holding.hold(query -> query.startsWith("SELECT kind"));
    CompletionStage<RunSlice> reading = slow.read(runId, Selection.ALL);
    holding.awaitHeld();

    for (int i = 0; i < 3; i++) {
      answer(quick.fence(runId, EPOCH + i, List.of()));
    }
    holding.release();

    assertThat(answer(reading).outcomes()).containsOnlyKeys("early");
  }
}
