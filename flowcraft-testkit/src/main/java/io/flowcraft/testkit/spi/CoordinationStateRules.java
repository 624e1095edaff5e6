package io.flowcraft.testkit.spi;

import static io.flowcraft.testkit.spi.CoordinationTrial.EPOCH;
import static io.flowcraft.testkit.spi.CoordinationTrial.arrival;
import static io.flowcraft.testkit.spi.CoordinationTrial.taken;
import static io.flowcraft.testkit.spi.CoordinationTrial.targets;
import static org.assertj.core.api.Assertions.assertThat;

import io.flowcraft.blueprint.Join;
import io.flowcraft.spi.Arrival;
import io.flowcraft.spi.CompletionAnswer;
import io.flowcraft.spi.CompletionAnswer.ResolvedJoin;
import io.flowcraft.spi.CompletionAnswer.TakenEdge;
import io.flowcraft.spi.CompletionAnswer.Verdict;
import io.flowcraft.spi.EdgeState;
import io.flowcraft.spi.JoinSpec;
import io.flowcraft.spi.RunProgress;
import io.flowcraft.spi.RunState;
import io.flowcraft.spi.RunState.ArrivedEdge;
import io.flowcraft.spi.RunState.PendingJoin;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How a run goes on from the state that it was opened with. */
abstract class CoordinationStateRules {

  /** More than what fits into one call of a careless backend. */
  private static final int MANY = 20_000;

  abstract CoordinationTrial trial();

  private RunProgress open(
      String rule,
      int failed,
      List<String> decided,
      List<String> open,
      List<String> parked,
      PendingJoin... joins) {
    RunState state =
        new RunState(trial().runId, EPOCH, 7, failed, decided, open, parked, List.of(joins));
    return trial().open(rule, state);
  }

  @Test
  @Rule("C-49")
  void whatIsDecidedStaysDecided() {
    open("C-49", 0, List.of("done"), List.of("a"), List.of());

    for (int time = 0; time < 2; time++) {
      CompletionAnswer answer = trial().complete("C-49", "done", "t", true, taken("z"));
      assertThat(answer.verdict())
          .as("C-49: the verdict on an instance that was decided before")
          .isEqualTo(Verdict.LOST);
      assertThat(answer.resolved())
          .as("C-49: the joins behind an instance that was decided before")
          .isEmpty();
    }
    assertThat(trial().park("C-49", "done"))
        .as("C-49: parking an instance that was decided before")
        .isEqualTo(new RunProgress(true, 7, 1, 0, 0, false));
    CompletionAnswer last = trial().complete("C-49", "a", "t", taken("done"));
    assertThat(targets(last))
        .as("C-49: joins before an instance that was decided before")
        .isEmpty();
    assertThat(last.open()).as("C-49: open after everything was decided").isZero();
  }

  @Test
  @Rule("C-50")
  void whatIsOpenAndParkedStaysSo() {
    assertThat(open("C-50", 0, List.of(), List.of("a", "b", "c"), List.of("b", "c")))
        .as("C-50: the progress of a run opened from a state")
        .isEqualTo(new RunProgress(true, 7, 3, 2, 0, true));

    assertThat(trial().park("C-50", "b").changed())
        .as("C-50: parking an instance that is parked")
        .isFalse();
    assertThat(trial().unpark("C-50", "a").changed())
        .as("C-50: claiming an instance that is open only")
        .isFalse();
    assertThat(trial().unpark("C-50", "b"))
        .as("C-50: claiming an instance that is parked")
        .isEqualTo(new RunProgress(true, 7, 3, 1, 0, true));
    CompletionAnswer parked = trial().complete("C-50", "c", "t", taken("a"));
    assertThat(parked.verdict())
        .as("C-50: the verdict on an instance that is parked")
        .isEqualTo(Verdict.WON);
    assertThat(targets(parked)).as("C-50: joins before an instance that is open").isEmpty();
    assertThat(trial().progress("C-50"))
        .as("C-50: the progress after a parked instance was completed")
        .isEqualTo(new RunProgress(true, parked.sequence(), 2, 0, 0, false));
  }

  @Test
  @Rule("C-51")
  void joinsGoOnWithWhatHasArrived() {
    PendingJoin all =
        new PendingJoin(
            "all",
            new JoinSpec(Join.all(), 4),
            List.of(
                new ArrivedEdge("left", "a", EdgeState.TAKEN),
                new ArrivedEdge("mid", "b", EdgeState.SKIPPED)));
    PendingJoin any =
        new PendingJoin(
            "any", new JoinSpec(Join.any(), 2), List.of(new ArrivedEdge("1", "b", EdgeState.DEAD)));
    open("C-51", 0, List.of("a", "b"), List.of("c", "d", "e"), List.of(), all, any);
    assertThat(trial().progress("C-51").open())
        .as("C-51: open, without the targets of joins that are not decided")
        .isEqualTo(3);

    CompletionAnswer twice =
        trial()
            .complete(
                "C-51",
                "c",
                "t",
                arrival("all", "left", EdgeState.TAKEN, Join.all(), 4),
                arrival("all", "right", EdgeState.TAKEN, Join.all(), 4));
    CompletionAnswer last =
        trial().complete("C-51", "d", "t", arrival("all", "last", EdgeState.TAKEN, Join.all(), 4));
    CompletionAnswer lost =
        trial().complete("C-51", "e", "t", arrival("any", "2", EdgeState.SKIPPED, Join.any(), 2));

    assertThat(targets(twice))
        .as("C-51: the joins that were resolved by an edge that had arrived, and one more")
        .isEmpty();
    assertThat(targets(last)).as("C-51: the joins that were resolved").containsExactly("all");
    assertThat(last.resolved().get(0).taken())
        .as("C-51: the taken edges and where they came from, from before and since")
        .containsExactlyInAnyOrder(
            new TakenEdge("left", "a"), new TakenEdge("right", "c"), new TakenEdge("last", "d"));
    assertThat(last.resolved().get(0).missed())
        .as("C-51: where the edges came from that were not taken")
        .containsExactly("b");
    assertThat(lost.resolved().stream().map(ResolvedJoin::state))
        .as("C-51: what became of a join at which a dead edge had arrived")
        .containsExactly(JoinSpec.State.DEAD);
  }

  @Test
  @Rule("C-52")
  void failuresAreCountedOn() {
    RunProgress opened = open("C-52", 2, List.of("x", "y"), List.of("a", "b"), List.of());

    assertThat(opened.failed()).as("C-52: failures before the run was opened").isEqualTo(2);
    assertThat(trial().complete("C-52", "a", "t", true).failed())
        .as("C-52: failures after one more")
        .isEqualTo(3);
    assertThat(trial().progress("C-52").failed()).as("C-52: failures").isEqualTo(3);
  }

  @Test
  @Rule("C-53")
  void progressTellsTheLatestNumber() {
    RunProgress opened = open("C-53", 0, List.of(), List.of("a", "b"), List.of());
    assertThat(opened.sequence())
        .as("C-53: the number of the latest completion: the one given to open")
        .isEqualTo(7);

    trial().complete("C-53", "a", "t", taken("c"));
    long latest = trial().complete("C-53", "b", "t").sequence();
    trial().complete("C-53", "a", "other");
    trial().complete("C-53", "a", "t", taken("c"));

    assertThat(trial().park("C-53", "c").sequence())
        .as("C-53: the number of the latest completion, told when something parks")
        .isEqualTo(latest);
    assertThat(trial().unpark("C-53", "c").sequence())
        .as("C-53: the number of the latest completion, told when something is claimed")
        .isEqualTo(latest);
    assertThat(trial().open("C-53", "a").sequence())
        .as("C-53: the number of the latest completion, told to who opens a known run")
        .isEqualTo(latest);
  }

  @Test
  @Rule("C-54")
  void aStateMayBeLarge() {
    List<String> decided = numbered("done-");
    List<String> open = numbered("open-");
    List<ArrivedEdge> arrived = new ArrayList<>();
    decided.forEach(id -> arrived.add(new ArrivedEdge("from " + id, id, EdgeState.TAKEN)));
    PendingJoin join =
        new PendingJoin("gather", new JoinSpec(Join.all(), MANY + 1), List.copyOf(arrived));

    RunProgress opened = open("C-54", 0, decided, open, open, join);

    assertThat(opened)
        .as("C-54: the progress of a run opened from a large state")
        .isEqualTo(new RunProgress(true, 7, MANY, MANY, 0, true));
    assertThat(trial().complete("C-54", decided.get(MANY - 1), "t").verdict())
        .as("C-54: the verdict on the last of many decided instances")
        .isEqualTo(Verdict.LOST);
    Arrival lastEdge = arrival("gather", "last", EdgeState.TAKEN, Join.all(), MANY + 1);
    CompletionAnswer last = trial().complete("C-54", open.get(MANY - 1), "t", lastEdge);
    assertThat(targets(last)).as("C-54: the joins that were resolved").containsExactly("gather");
    assertThat(last.resolved().get(0).taken())
        .as("C-54: the edges of a join that arrived before and since")
        .hasSize(MANY + 1);
    assertThat(trial().complete("C-54", open.get(MANY - 1), "t", lastEdge))
        .as("C-54: the answer to the same completion of a large join")
        .isEqualTo(last);
  }

  private static List<String> numbered(String name) {
    return IntStream.range(0, MANY).mapToObj(i -> name + i).toList();
  }
}
