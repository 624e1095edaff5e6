package io.flowcraft.testkit.spi;

import static io.flowcraft.testkit.spi.StoreTrial.EPOCH;
import static org.assertj.core.api.Assertions.assertThat;

import io.flowcraft.run.NodeStatus;
import io.flowcraft.run.RunStatus;
import io.flowcraft.spi.Commit;
import io.flowcraft.spi.Entry;
import io.flowcraft.spi.Outcome;
import io.flowcraft.spi.RunRecord;
import io.flowcraft.spi.RunSlice;
import io.flowcraft.spi.Selection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** How epochs begin, and what those who don't know of it can't do any more. */
abstract class StoreEpochRules {

  private static final long LATER = 1_700_000_009_000L;
  private static final int ROUNDS = 5;
  private static final int RACES = 30;
  private static final int WRITERS = 3;

  /** So much is written at most while a fence is on its way. */
  private static final int MOST_COMMITS = 1_000;

  abstract StoreTrial trial();

  @Test
  @Rule("S-39")
  void aCommitOfAnEarlierEpochIsIgnored() {
    trial().create("S-39");
    Outcome kept = StoreTrial.completed("a", 1);
    trial().commit("S-39", kept);
    trial().fence("S-39", EPOCH);

    Commit late =
        new Commit(
            trial().runId,
            EPOCH,
            List.of(StoreTrial.outcome("a", NodeStatus.FAILED, 8), StoreTrial.completed("b", 9)),
            List.of(StoreTrial.entry("k", "1", 9)));
    trial().answer("S-39", trial().store.commit(late));
    trial().commit("S-39", StoreTrial.completed("c", 10));
    trial().commit("S-39", StoreTrial.entry("l", "1", 10));

    RunSlice slice = trial().read("S-39", Selection.ALL);
    assertThat(slice.outcomes())
        .as("S-39: the outcomes after commits of an earlier epoch")
        .containsOnlyKeys("a")
        .containsValue(kept);
    assertThat(slice.entries()).as("S-39: the entries of an earlier epoch").isEmpty();
    Outcome own = StoreTrial.completed("b", 2);
    trial().commitIn("S-39", EPOCH + 1, own);
    assertThat(trial().outcomeOf("S-39", "b"))
        .as("S-39: an outcome of the epoch that has begun")
        .isEqualTo(own);
  }

  @Test
  @Rule("S-40")
  void aFenceBeginsTheNextEpoch() {
    RunRecord run = trial().create("S-40");

    Optional<RunSlice> first = trial().fence("S-40", EPOCH);

    assertThat(first).as("S-40: the answer to a fence").isPresent();
    assertThat(trial().find("S-40"))
        .as("S-40: the run after a fence: the same in the next epoch")
        .contains(run.withEpoch(EPOCH + 1));
    trial().move("S-40", run.runId(), EPOCH + 1, RunStatus.FAILED, LATER);
    assertThat(trial().fence("S-40", EPOCH + 1))
        .as("S-40: the answer to a fence of a run that has ended")
        .isPresent();
    assertThat(trial().find("S-40"))
        .as("S-40: the run after a second fence")
        .contains(run.withStatus(RunStatus.FAILED, null, LATER).withEpoch(EPOCH + 2));
  }

  @Test
  @Rule("S-41")
  void aFenceOfAnotherEpochDoesNothing() {
    assertThat(trial().fence("S-41", EPOCH, "a"))
        .as("S-41: the answer to a fence of a run that nobody created")
        .isEmpty();
    assertThat(trial().find("S-41")).as("S-41: the run that nobody created").isEmpty();
    RunRecord run = trial().create("S-41");
    trial().commit("S-41", StoreTrial.completed("a", 1));

    for (long epoch : new long[] {EPOCH - 1, EPOCH + 1}) {
      assertThat(trial().fence("S-41", epoch, "a"))
          .as("S-41: the answer to a fence of epoch %d in epoch %d", epoch, EPOCH)
          .isEmpty();
    }

    assertThat(trial().find("S-41")).as("S-41: the run after fences of other epochs").contains(run);
    assertThat(trial().read("S-41", Selection.ALL).outcomes())
        .as("S-41: the outcomes that fences of other epochs were to take back")
        .containsOnlyKeys("a");
  }

  @Test
  @Rule("S-42")
  void ofManyFencesOneBeginsAnEpoch() {
    trial().create("S-42");

    List<Optional<RunSlice>> answers =
        trial().together("S-42", 8, i -> trial().store.fence(trial().runId, EPOCH, List.of()));

    assertThat(answers.stream().filter(Optional::isPresent))
        .as("S-42: those who were told that they began the next epoch")
        .hasSize(1);
    assertThat(trial().find("S-42").map(RunRecord::epoch))
        .as("S-42: the epoch after concurrent fences")
        .contains(EPOCH + 1);
  }

  @Test
  @Rule("S-43")
  void aFenceAnswersWhatIsStored() {
    trial().create("S-43");
    Outcome fact = StoreTrial.iteration("row", 1, NodeStatus.COMPLETED, 2);
    Outcome parked = StoreTrial.parked("timer", 3, LATER);
    Entry entry = StoreTrial.entry("k", "1", 2);
    Entry deleted = StoreTrial.entry("gone", null, 3);
    trial().commit("S-43", fact, parked, StoreTrial.completed("back", 4));
    trial().commit("S-43", entry, deleted);

    Optional<RunSlice> answer = trial().fence("S-43", EPOCH, "back", "unknown");

    assertThat(answer).as("S-43: the answer to a fence").isPresent();
    assertThat(answer.orElseThrow().outcomes())
        .as("S-43: the outcomes that a fence answers: all but those that were taken back")
        .containsOnlyKeys(fact.instance(), "timer")
        .containsValues(fact, parked);
    assertThat(answer.orElseThrow().entries())
        .as("S-43: the entries that a fence answers: all of them")
        .containsOnlyKeys("k", "gone")
        .containsValues(entry, deleted);
  }

  @Test
  @Rule("S-44")
  void aFenceLosesNothing() {
    trial().create("S-44");
    trial().commit("S-44", StoreTrial.completed("a", 1), StoreTrial.parked("b", 2, LATER));
    trial().commit("S-44", StoreTrial.entry("k", "1", 2));
    RunSlice before = trial().read("S-44", Selection.ALL);

    trial().fence("S-44", EPOCH);
    trial().fence("S-44", EPOCH + 1);

    assertThat(trial().read("S-44", Selection.ALL))
        .as("S-44: what was committed before two fences")
        .isEqualTo(before);
    trial().commitIn("S-44", EPOCH + 2, StoreTrial.outcome("a", NodeStatus.FAILED, 1));
    assertThat(trial().outcomeOf("S-44", "a"))
        .as("S-44: a fact of before two fences, which gives way to later ones only")
        .isEqualTo(StoreTrial.completed("a", 1));
  }

  @Test
  @Rule("S-45")
  void aFenceAnswersAllThatCounts() {
    for (int round = 0; round < ROUNDS; round++) {
      String runId = trial().name("run-" + round);
      trial().answer("S-45", trial().store.create(trial().run(runId)));
      AtomicBoolean fenced = new AtomicBoolean();

      List<Optional<RunSlice>> answers =
          trial()
              .together(
                  "S-45",
                  WRITERS + 1,
                  i -> i == 0 ? fence(runId, fenced) : write(runId, i, fenced));

      assertThat(answers.get(0)).as("S-45: the answer to a fence among commits").isPresent();
      RunSlice answer = answers.get(0).orElseThrow();
      RunSlice stored = trial().answer("S-45", trial().store.read(runId, Selection.ALL));
      assertThat(stored.outcomes())
          .as("S-45: the outcomes after a fence among commits: those that the fence answered")
          .isEqualTo(answer.outcomes());
      assertThat(stored.entries())
          .as("S-45: the entries after a fence among commits: those that the fence answered")
          .isEqualTo(answer.entries());
      assertThat(stored.outcomes().keySet())
          .as("S-45: outcomes and entries, which were committed in pairs")
          .isEqualTo(stored.entries().keySet());
    }
  }

  private CompletionStage<Optional<RunSlice>> fence(String runId, AtomicBoolean fenced) {
    return trial()
        .store
        .fence(runId, EPOCH, List.of())
        .whenComplete((answer, error) -> fenced.set(true));
  }

  /** Commits pairs of an outcome and an entry, one after another, until somebody has fenced. */
  private CompletionStage<Optional<RunSlice>> write(String runId, int writer, AtomicBoolean until) {
    int count = 0;
    do {
      String name = writer + "-" + count;
      Commit pair =
          new Commit(
              runId,
              EPOCH,
              List.of(StoreTrial.completed(name, count)),
              List.of(StoreTrial.entry(name, "1", count)));
      trial().answer("S-45", trial().store.commit(pair));
      count++;
    } while (!until.get() && count < MOST_COMMITS);
    return CompletableFuture.completedFuture(Optional.empty());
  }

  @Test
  @Rule("S-54")
  void aFenceKnowsWhatAMoveBeforeItReliesOn() {
    for (int round = 0; round < RACES; round++) {
      String runId = trial().name("run-" + round);
      trial().answer("S-54", trial().store.create(trial().run(runId)));

      AtomicBoolean fenced = new AtomicBoolean();
      if (round == 0) {
        // Nothing may be left to the race.
        trial().answer("S-54", commitAndEnd(runId));
        trial().answer("S-54", fence(runId, fenced));
      } else {
        trial().together("S-54", 2, i -> i == 0 ? fence(runId, fenced) : commitAndEnd(runId));
      }

      RunRecord run = trial().answer("S-54", trial().store.find(runId)).orElseThrow();
      RunSlice stored = trial().answer("S-54", trial().store.read(runId, Selection.ALL));
      if (run.status() == RunStatus.COMPLETED) {
        assertThat(stored.outcomes())
            .as("S-54: the outcomes of a run that was fenced and has ended: that of before its end")
            .containsKey("last");
      }
    }
  }

  private CompletionStage<Optional<RunSlice>> commitAndEnd(String runId) {
    Commit last = new Commit(runId, EPOCH, List.of(StoreTrial.completed("last", 1)), List.of());
    trial().answer("S-54", trial().store.commit(last));
    trial().move("S-54", runId, EPOCH, RunStatus.COMPLETED, LATER);
    return CompletableFuture.completedFuture(Optional.empty());
  }

  @Test
  @Rule("S-46")
  void aRunDoesNotMoveInAnotherEpoch() {
    RunRecord run = trial().create("S-46").withEpoch(EPOCH + 1);
    trial().fence("S-46", EPOCH);

    for (long epoch : new long[] {EPOCH, EPOCH + 2}) {
      assertThat(trial().move("S-46", run.runId(), epoch, RunStatus.COMPLETED, LATER))
          .as("S-46: the answer to a move in epoch %d: the run as it is", epoch)
          .contains(run);
    }

    assertThat(trial().find("S-46")).as("S-46: the run, which did not move").contains(run);
  }

  @Test
  @Rule("S-47")
  void aRunThatIsSetGoingAgainBeginsThen() {
    RunRecord run = trial().create("S-47");
    Optional<RunRecord> failed = trial().move("S-47", run.runId(), EPOCH, RunStatus.FAILED, LATER);
    assertThat(failed.map(RunRecord::beganAtMillis))
        .as("S-47: when a run that has ended began")
        .contains(run.beganAtMillis());
    trial().fence("S-47", EPOCH);

    Optional<RunRecord> again =
        trial().move("S-47", run.runId(), EPOCH + 1, RunStatus.RUNNING, LATER + 1);

    assertThat(again.map(RunRecord::beganAtMillis))
        .as("S-47: when a run began that was set going again")
        .contains(LATER + 1);
    trial().move("S-47", run.runId(), EPOCH + 1, RunStatus.AWAITING, LATER + 2);
    trial().move("S-47", run.runId(), EPOCH + 1, RunStatus.RUNNING, LATER + 3);
    Optional<RunRecord> found = trial().find("S-47");
    assertThat(found.map(RunRecord::beganAtMillis))
        .as("S-47: when a run began that has waited since")
        .contains(LATER + 1);
    assertThat(found.map(RunRecord::createdAtMillis))
        .as("S-47: when a run was created that was set going again")
        .contains(run.createdAtMillis());
  }
}
