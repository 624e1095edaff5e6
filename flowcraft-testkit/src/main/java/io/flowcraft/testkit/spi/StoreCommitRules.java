package io.flowcraft.testkit.spi;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowcraft.run.NodeStatus;
import io.flowcraft.spi.Commit;
import io.flowcraft.spi.EdgeDecision;
import io.flowcraft.spi.EdgeState;
import io.flowcraft.spi.Entry;
import io.flowcraft.spi.Outcome;
import io.flowcraft.spi.RunSlice;
import io.flowcraft.spi.Selection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** How outcomes and context entries are written. */
abstract class StoreCommitRules {

  private static final int ROUNDS = 50;

  abstract StoreTrial trial();

  @Test
  @Rule("S-5")
  void aCommitIsReadAsItWasWritten() {
    Outcome full =
        new Outcome(
            "charge@pages#3/rows#0",
            "charge",
            "pages#3/rows#0",
            NodeStatus.COMPLETED,
            12,
            3,
            Trial.json("{\"text\":\"line\\nline ✓\",\"n\":[1,2.5,null]}"),
            "approve",
            List.of(
                new EdgeDecision(0, EdgeState.TAKEN, true, Trial.json("null")),
                new EdgeDecision(1, EdgeState.SKIPPED, false, null),
                new EdgeDecision(7, EdgeState.DEAD, false, null)),
            Trial.json("{\"error\":null}"),
            null,
            1_700_000_000_001L,
            1_700_000_000_002L);
    Outcome bare =
        new Outcome(
            "skip", "skip", "", NodeStatus.SKIPPED, 13, 0, null, null, List.of(), null, null, 0, 0);
    Entry entry = StoreTrial.entry("a key \"ä\"", "{\"v\":1}", 12);
    trial().create("S-5");

    trial()
        .answer(
            "S-5",
            trial()
                .store
                .commit(
                    new Commit(
                        trial().runId, StoreTrial.EPOCH, List.of(full, bare), List.of(entry))));

    RunSlice slice = trial().read("S-5", Selection.ALL);
    assertThat(slice.outcomes()).as("S-5: the outcomes").containsOnlyKeys(full.instance(), "skip");
    assertThat(slice.outcomes().values()).as("S-5: the outcomes").contains(full, bare);
    assertThat(slice.entries())
        .as("S-5: the entries")
        .containsOnlyKeys(entry.key())
        .containsValue(entry);
  }

  @Test
  @Rule("S-6")
  void aCommitIsSeenWholeOrNotAtAll() {
    trial().create("S-6");
    AtomicBoolean done = new AtomicBoolean();

    List<Integer> torn =
        trial()
            .together(
                "S-6",
                2,
                i ->
                    CompletableFuture.completedFuture(
                        i == 0 ? writePairs(done) : lookForTorn(done)));

    assertThat(torn.get(1)).as("S-6: how many commits were seen in parts").isZero();
  }

  /** Each round writes two outcomes and an entry that belong together. */
  private int writePairs(AtomicBoolean done) {
    try {
      for (int i = 0; i < ROUNDS; i++) {
        Commit commit =
            new Commit(
                trial().runId,
                StoreTrial.EPOCH,
                List.of(
                    StoreTrial.completed("left-" + i, 2L * i + 1),
                    StoreTrial.completed("right-" + i, 2L * i + 2)),
                List.of(StoreTrial.entry("both-" + i, "1", 2L * i + 2)));
        trial().answer("S-6", trial().store.commit(commit));
      }
      return 0;
    } finally {
      done.set(true);
    }
  }

  private int lookForTorn(AtomicBoolean done) {
    int torn = 0;
    boolean last;
    do {
      last = done.get();
      RunSlice slice = trial().read("S-6", Selection.ALL);
      for (int i = 0; i < ROUNDS; i++) {
        boolean left = slice.outcomes().containsKey("left-" + i);
        boolean right = slice.outcomes().containsKey("right-" + i);
        boolean both = slice.entries().containsKey("both-" + i);
        torn += left == right && right == both ? 0 : 1;
      }
    } while (!last);
    return torn;
  }

  @Test
  @Rule("S-7")
  void aFactDoesNotGiveWayToAnEarlierOne() {
    trial().create("S-7");
    Outcome fact = StoreTrial.completed("a", 5);
    trial().commit("S-7", fact);

    trial().commit("S-7", StoreTrial.outcome("a", NodeStatus.FAILED, 4));
    trial().commit("S-7", StoreTrial.outcome("a", NodeStatus.FAILED, 5));
    trial().commit("S-7", StoreTrial.outcome("a", NodeStatus.AWAITING, 3));

    assertThat(trial().outcomeOf("S-7", "a"))
        .as("S-7: an outcome after others of lower and equal sequence")
        .isEqualTo(fact);
  }

  @Test
  @Rule("S-8")
  void aFactGivesWayToALaterOne() {
    trial().create("S-8");
    trial().commit("S-8", StoreTrial.completed("a", 5));
    Outcome later = StoreTrial.outcome("a", NodeStatus.FAILED, 6);

    trial().commit("S-8", later);

    assertThat(trial().outcomeOf("S-8", "a"))
        .as("S-8: an outcome after one of a higher sequence")
        .isEqualTo(later);
  }

  @Test
  @Rule("S-9")
  void aParkedStateGivesWayToAFact() {
    trial().create("S-9");
    Outcome parked = StoreTrial.outcome("a", NodeStatus.TIMER, 5);
    Outcome fact = StoreTrial.completed("a", 5);
    trial().commit("S-9", parked);
    assertThat(trial().outcomeOf("S-9", "a")).as("S-9: the parked state").isEqualTo(parked);

    trial().commit("S-9", fact);

    assertThat(trial().outcomeOf("S-9", "a"))
        .as("S-9: the fact after a parked state of the same sequence")
        .isEqualTo(fact);
  }

  @Test
  @Rule("S-10")
  void anEntryGivesWayToLaterOnesOnly() {
    trial().create("S-10");
    Entry later = StoreTrial.entry("k", "\"later\"", 7);
    trial().commit("S-10", StoreTrial.entry("k", "\"first\"", 3));

    trial().commit("S-10", later);
    trial().commit("S-10", StoreTrial.entry("k", "\"late comer\"", 5));

    assertThat(trial().entryOf("S-10", "k"))
        .as("S-10: the entry with the highest sequence")
        .isEqualTo(later);
  }

  @Test
  @Rule("S-11")
  void aCommitCanBeRepeated() {
    trial().create("S-11");
    Commit first =
        new Commit(
            trial().runId,
            StoreTrial.EPOCH,
            List.of(StoreTrial.completed("a", 1)),
            List.of(StoreTrial.entry("k", "1", 1)));
    Commit second =
        new Commit(
            trial().runId,
            StoreTrial.EPOCH,
            List.of(StoreTrial.completed("b", 2)),
            List.of(StoreTrial.entry("k", "2", 2)));
    trial().answer("S-11", trial().store.commit(first));
    trial().answer("S-11", trial().store.commit(second));
    RunSlice before = trial().read("S-11", Selection.ALL);

    trial().answer("S-11", trial().store.commit(second));
    trial().answer("S-11", trial().store.commit(first));

    assertThat(trial().read("S-11", Selection.ALL))
        .as("S-11: the run after both commits came again")
        .isEqualTo(before);
  }

  @Test
  @Rule("S-12")
  void nullIsAValueAndADeletionIsRemembered() {
    trial().create("S-12");
    Entry nothing = StoreTrial.entry("nothing", "null", 2);
    Entry deleted = StoreTrial.entry("deleted", null, 4);
    trial().commit("S-12", nothing, StoreTrial.entry("deleted", "1", 2));

    trial().commit("S-12", deleted);
    trial().commit("S-12", StoreTrial.entry("deleted", "\"late comer\"", 3));

    assertThat(trial().entryOf("S-12", "nothing")).as("S-12: the value null").isEqualTo(nothing);
    assertThat(trial().entryOf("S-12", "deleted"))
        .as("S-12: the deleted entry, after an earlier write came late")
        .isEqualTo(deleted);
  }

  @Test
  @Rule("S-18")
  void concurrentCommitsLoseNothing() {
    trial().create("S-18");

    trial()
        .together(
            "S-18",
            8,
            i -> {
              CompletableFuture<Void> all = CompletableFuture.completedFuture(null);
              for (int k = 0; k < 10; k++) {
                int number = i * 10 + k;
                Commit commit =
                    new Commit(
                        trial().runId,
                        StoreTrial.EPOCH,
                        List.of(StoreTrial.completed("node-" + number, number)),
                        List.of(
                            StoreTrial.entry("key-" + number, "" + number, number),
                            StoreTrial.entry("shared", "" + number, number)));
                all = all.thenCompose(done -> trial().store.commit(commit).toCompletableFuture());
              }
              return all;
            });

    RunSlice slice = trial().read("S-18", Selection.ALL);
    assertThat(slice.outcomes()).as("S-18: outcomes of concurrent commits").hasSize(80);
    assertThat(slice.entries()).as("S-18: entries of concurrent commits").hasSize(81);
    assertThat(slice.entries().get("shared"))
        .as("S-18: the entry that all wrote: the highest sequence")
        .isEqualTo(StoreTrial.entry("shared", "79", 79));
  }

  @Test
  @Rule("S-32")
  void largeTextsComeBackUnchanged() {
    trial().create("S-32");
    String text = "\"" + "ä✓\\n'\\\"$".repeat(25_000) + "\"";
    Entry large = StoreTrial.entry("large", text, 1);

    trial().commit("S-32", large);

    assertThat(trial().entryOf("S-32", "large")).as("S-32: a text of 200 KB").isEqualTo(large);
  }
}
