package io.flowcraft.testkit.spi;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowcraft.run.NodeStatus;
import io.flowcraft.spi.Outcome;
import io.flowcraft.spi.RunSlice;
import io.flowcraft.spi.Selection;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What reading gives, and taking back. */
abstract class StoreReadRules {

  abstract StoreTrial trial();

  @Test
  @Rule("S-13")
  void outcomesAreReadByInstance() {
    trial().create("S-13");
    Outcome one = StoreTrial.iteration("row", 1, NodeStatus.COMPLETED, 2);
    trial().commit("S-13", StoreTrial.iteration("row", 0, NodeStatus.COMPLETED, 1), one);
    trial().commit("S-13", StoreTrial.entry("k", "1", 2));

    RunSlice slice =
        trial().read("S-13", Selection.outcomes(List.of(one.instance(), "nobody knows it")));

    assertThat(slice.outcomes())
        .as("S-13: the outcomes that were asked for and are there")
        .containsOnlyKeys(one.instance())
        .containsValue(one);
    assertThat(slice.entries()).as("S-13: entries, which were not asked for").isEmpty();
  }

  @Test
  @Rule("S-14")
  void theLatestOutcomeOfANodeCounts() {
    trial().create("S-14");
    Outcome last = StoreTrial.iteration("row", 1, NodeStatus.COMPLETED, 8);
    Outcome parked = StoreTrial.outcome("wait", NodeStatus.AWAITING, 3);
    Outcome replaced = StoreTrial.outcome("charge", NodeStatus.REPLACED, 4);
    trial()
        .commit(
            "S-14",
            last,
            StoreTrial.iteration("row", 0, NodeStatus.COMPLETED, 2),
            StoreTrial.iteration("row", 2, NodeStatus.SKIPPED, 9),
            StoreTrial.iteration("row", 3, NodeStatus.FAILED, 10),
            parked,
            replaced,
            StoreTrial.outcome("lost", NodeStatus.FAILED, 5),
            StoreTrial.completed("other", 6));

    RunSlice slice =
        trial()
            .read(
                "S-14",
                Selection.latest(List.of("row", "wait", "charge", "lost", "unknown"), List.of()));

    assertThat(slice.outcomes().values())
        .as("S-14: the latest outcome of each node that was asked for, failed and skipped ones not")
        .containsExactlyInAnyOrder(last, parked, replaced);
  }

  @Test
  @Rule("S-14")
  void theLatestOutcomeFollowsCommits() {
    trial().create("S-14");
    trial().commit("S-14", StoreTrial.outcome("a", NodeStatus.AWAITING, 3));
    trial().commit("S-14", StoreTrial.iteration("b", 0, NodeStatus.COMPLETED, 4));
    Selection both = Selection.latest(List.of("a", "b"), List.of());
    assertThat(trial().read("S-14", both).outcomes()).as("S-14: the latest outcomes").hasSize(2);
    Outcome later = StoreTrial.iteration("b", 1, NodeStatus.COMPLETED, 6);

    trial().commit("S-14", StoreTrial.outcome("a", NodeStatus.FAILED, 5), later);

    assertThat(trial().read("S-14", both).outcomes().values())
        .as("S-14: the latest outcomes after one node failed and another one went on")
        .containsExactly(later);
  }

  @Test
  @Rule("S-15")
  void entriesAreReadByKey() {
    trial().create("S-15");
    trial().commit("S-15", StoreTrial.entry("a", "1", 1), StoreTrial.entry("b", "2", 1));

    RunSlice slice =
        trial().read("S-15", Selection.latest(List.of(), List.of("b", "nobody wrote it")));

    assertThat(slice.entries())
        .as("S-15: the entries that were asked for and are there")
        .containsOnlyKeys("b");
  }

  @Test
  @Rule("S-16")
  void anUnknownRunReadsAsEmpty() {
    RunSlice slice = trial().read("S-16", Selection.ALL);

    assertThat(slice.outcomes()).as("S-16: outcomes of a run that nobody created").isEmpty();
    assertThat(slice.entries()).as("S-16: entries of a run that nobody created").isEmpty();
  }

  @Test
  @Rule("S-17")
  void whatWasReadStaysAsItWas() {
    trial().create("S-17");
    trial().commit("S-17", StoreTrial.completed("a", 1));
    trial().commit("S-17", StoreTrial.entry("k", "1", 1));
    RunSlice slice = trial().read("S-17", Selection.ALL);

    trial().commit("S-17", StoreTrial.completed("b", 2));
    trial().commit("S-17", StoreTrial.entry("l", "2", 2));

    assertThat(slice.outcomes()).as("S-17: outcomes read before a commit").containsOnlyKeys("a");
    assertThat(slice.entries()).as("S-17: entries read before a commit").containsOnlyKeys("k");
  }

  @Test
  @Rule("S-19")
  void outcomesCanBeTakenBack() {
    trial().create("S-19");
    Outcome kept = StoreTrial.completed("kept", 1);
    trial().commit("S-19", kept, StoreTrial.outcome("failed", NodeStatus.FAILED, 2));
    trial().commit("S-19", StoreTrial.entry("k", "1", 2));

    trial().fence("S-19", StoreTrial.EPOCH, "failed", "unknown");

    RunSlice slice = trial().read("S-19", Selection.ALL);
    assertThat(slice.outcomes())
        .as("S-19: the outcomes that were not taken back")
        .containsOnlyKeys("kept")
        .containsValue(kept);
    assertThat(slice.entries()).as("S-19: the entries, which stay").containsOnlyKeys("k");
    Outcome again = StoreTrial.completed("failed", 3);
    trial().commitIn("S-19", StoreTrial.EPOCH + 1, again);
    assertThat(trial().outcomeOf("S-19", "failed"))
        .as("S-19: the outcome of an instance that was taken back and ran again")
        .isEqualTo(again);
  }
}
