package io.flowcraft.testkit.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.flowcraft.spi.Commit;
import io.flowcraft.spi.ContextStore;
import io.flowcraft.spi.HistoryEntry;
import io.flowcraft.spi.RunRecord;
import io.flowcraft.spi.RunSlice;
import io.flowcraft.spi.Selection;
import java.util.List;
import org.junit.jupiter.api.Test;

/** History, deletion, and what outlives what. */
abstract class StoreLifetimeRules {

  abstract StoreTrial trial();

  private static HistoryEntry event(long sequence, String json) {
    return new HistoryEntry(
        sequence, 1_700_000_000_000L + sequence, "node:finish", Trial.json(json));
  }

  @Test
  @Rule("S-28")
  void historyIsKeptInTheOrderOfItsSequence() {
    trial().create("S-28");
    String runId = trial().runId;
    trial().answer("S-28", trial().store.append(runId, List.of(event(3, "3"), event(1, "1"))));

    trial().answer("S-28", trial().store.append(runId, List.of(event(2, "2"), event(10, "10"))));

    assertThat(trial().answer("S-28", trial().store.history(runId)))
        .as("S-28: the history in the order of its sequence")
        .containsExactly(event(1, "1"), event(2, "2"), event(3, "3"), event(10, "10"));
  }

  @Test
  @Rule("S-29")
  void historyIsNotRewritten() {
    trial().create("S-29");
    String runId = trial().runId;
    trial().answer("S-29", trial().store.append(runId, List.of(event(1, "\"first\""))));

    trial()
        .answer("S-29", trial().store.append(runId, List.of(event(1, "\"again\""), event(2, "2"))));

    assertThat(trial().answer("S-29", trial().store.history(runId)))
        .as("S-29: the history after an entry came again")
        .containsExactly(event(1, "\"first\""), event(2, "2"));
  }

  @Test
  @Rule("S-30")
  void deletionLeavesNothing() {
    fill("S-30");

    trial().answer("S-30", trial().store.delete(trial().runId));
    trial().answer("S-30", trial().store.delete(trial().runId));

    assertThat(trial().find("S-30")).as("S-30: a deleted run").isEmpty();
    assertThat(trial().listed("S-30")).as("S-30: the list without a deleted run").isEmpty();
    assertEmpty("S-30");
  }

  @Test
  @Rule("S-31")
  void aDeletedIdCanBeUsedAgain() {
    fill("S-31");
    trial().answer("S-31", trial().store.delete(trial().runId));
    RunRecord second = trial().run(trial().runId);

    RunRecord stored = trial().answer("S-31", trial().store.create(second));

    assertThat(stored).as("S-31: the second run of the id").isEqualTo(second);
    assertEmpty("S-31");
    trial().commit("S-31", StoreTrial.completed("a", 1));
    assertThat(trial().outcomeOf("S-31", "a"))
        .as("S-31: an outcome of the second run")
        .isEqualTo(StoreTrial.completed("a", 1));
  }

  private void fill(String rule) {
    trial().create(rule);
    trial().commit(rule, StoreTrial.completed("a", 9));
    trial().commit(rule, StoreTrial.entry("k", "1", 9));
    trial().answer(rule, trial().store.append(trial().runId, List.of(event(1, "1"))));
  }

  private void assertEmpty(String rule) {
    RunSlice slice = trial().read(rule, Selection.ALL);
    assertThat(slice.outcomes()).as("%s: outcomes of before the deletion", rule).isEmpty();
    assertThat(slice.entries()).as("%s: entries of before the deletion", rule).isEmpty();
    assertThat(trial().answer(rule, trial().store.history(trial().runId)))
        .as("%s: history of before the deletion", rule)
        .isEmpty();
  }

  @Test
  @Rule("S-33")
  void closingTwiceIsHarmless() {
    trial().store.close();
    trial().store.close();
  }

  @Test
  @Rule("S-34")
  void runsOutliveTheObjectThatTookThem() throws Exception {
    assumeTrue(trial().kit.durable(), "The backend says that it lives and dies with its object.");
    RunRecord run = trial().create("S-34");
    trial()
        .answer(
            "S-34",
            trial()
                .store
                .commit(
                    new Commit(
                        run.runId(),
                        StoreTrial.EPOCH,
                        List.of(StoreTrial.completed("a", 1)),
                        List.of())));
    trial().store.close();

    ContextStore another = trial().open();

    assertThat(trial().answer("S-34", another.find(run.runId())))
        .as("S-34: the run in a store opened later")
        .contains(run);
    assertThat(trial().answer("S-34", another.read(run.runId(), Selection.ALL)).outcomes())
        .as("S-34: the outcomes in a store opened later")
        .containsOnlyKeys("a");
  }
}
