package io.flowcraft.testkit.spi;

import static io.flowcraft.testkit.spi.CoordinationTrial.arrival;
import static io.flowcraft.testkit.spi.CoordinationTrial.taken;
import static io.flowcraft.testkit.spi.CoordinationTrial.targets;
import static org.assertj.core.api.Assertions.assertThat;

import io.flowcraft.blueprint.Join;
import io.flowcraft.spi.Arrival;
import io.flowcraft.spi.CompletionAnswer;
import io.flowcraft.spi.CompletionAnswer.ResolvedJoin;
import io.flowcraft.spi.CompletionAnswer.TakenEdge;
import io.flowcraft.spi.EdgeState;
import io.flowcraft.spi.JoinSpec;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How joins are decided. */
abstract class CoordinationJoinRules {

  /** Enough edges to notice a store whose arrivals cost more with each one before them. */
  private static final int MANY = 5_000;

  /** The digits of the numbers that stand for combinations. */
  private static final List<EdgeState> STATES =
      List.of(EdgeState.TAKEN, EdgeState.SKIPPED, EdgeState.DEAD);

  abstract CoordinationTrial trial();

  @Test
  @Rule("C-26")
  void joinsAreDecidedByTheirRule() {
    trial().open("C-26", "root");
    for (int expected = 1; expected <= 3; expected++) {
      for (Join rule :
          List.of(Join.all(), Join.any(), Join.every(), Join.atLeast(1), Join.atLeast(2))) {
        int combinations = (int) Math.pow(3, expected);
        for (int states = 0; states < combinations; states++) {
          decideLikeTheRule(new JoinSpec(rule, expected), states);
        }
      }
    }
  }

  /** Sends the edges one after another; the digits of a number in base three are their states. */
  private void decideLikeTheRule(JoinSpec join, int states) {
    String target = join.rule().text() + "-" + join.expected() + "-" + states;
    int[] counts = new int[3];
    boolean decided = false;
    int rest = states;
    for (int edge = 0; edge < join.expected(); edge++, rest /= 3) {
      counts[rest % 3]++;
      JoinSpec.State due = join.decide(counts[0], counts[1], counts[2]);

      CompletionAnswer answer =
          trial()
              .complete(
                  "C-26",
                  target + "-source-" + edge,
                  "t",
                  new Arrival(target, "e" + edge, STATES.get(rest % 3), join));

      List<JoinSpec.State> expected =
          decided || due == JoinSpec.State.PENDING ? List.of() : List.of(due);
      assertThat(answer.resolved().stream().map(ResolvedJoin::state))
          .as(
              "C-26: what became of a join of rule %s, %d edges, at edge %d of combination %d",
              join.rule().text(), join.expected(), edge, states)
          .containsExactlyElementsOf(expected);
      decided |= !expected.isEmpty();
    }
  }

  @Test
  @Rule("C-27")
  void aJoinTellsTheEdgesThatWereTaken() {
    trial().open("C-27", "a", "b", "c");
    trial().complete("C-27", "a", "t", arrival("j", "left", EdgeState.TAKEN, Join.all(), 3));
    trial().complete("C-27", "b", "t", arrival("j", "mid", EdgeState.SKIPPED, Join.all(), 3));

    CompletionAnswer answer =
        trial().complete("C-27", "c", "t", arrival("j", "right", EdgeState.TAKEN, Join.all(), 3));

    assertThat(targets(answer)).as("C-27: the joins that were resolved").containsExactly("j");
    assertThat(answer.resolved().get(0).taken())
        .as("C-27: the taken edges and where they came from")
        .containsExactlyInAnyOrder(new TakenEdge("left", "a"), new TakenEdge("right", "c"));
    assertThat(answer.resolved().get(0).missed())
        .as("C-27: where the edges came from that were not taken")
        .containsExactly("b");
  }

  @Test
  @Rule("C-28")
  void anEdgeArrivesOnce() {
    trial().open("C-28", "a", "b", "c");
    trial().complete("C-28", "a", "t", arrival("j", "left", EdgeState.TAKEN, Join.all(), 2));

    CompletionAnswer again =
        trial().complete("C-28", "b", "t", arrival("j", "left", EdgeState.TAKEN, Join.all(), 2));
    CompletionAnswer other =
        trial().complete("C-28", "c", "t", arrival("j", "right", EdgeState.TAKEN, Join.all(), 2));

    assertThat(targets(again)).as("C-28: joins resolved by an edge that came twice").isEmpty();
    assertThat(targets(other)).as("C-28: joins resolved by the last edge").containsExactly("j");
  }

  @Test
  @Rule("C-29")
  void aJoinIsResolvedOnce() {
    trial().open("C-29", "a", "b", "c");
    CompletionAnswer first =
        trial().complete("C-29", "a", "t", arrival("j", "1", EdgeState.TAKEN, Join.any(), 3));
    trial().complete("C-29", "j", "t");

    CompletionAnswer second =
        trial().complete("C-29", "b", "t", arrival("j", "2", EdgeState.TAKEN, Join.any(), 3));
    CompletionAnswer third =
        trial().complete("C-29", "c", "t", arrival("j", "3", EdgeState.TAKEN, Join.any(), 3));

    assertThat(targets(first)).as("C-29: joins resolved by the first edge").containsExactly("j");
    assertThat(targets(second)).as("C-29: joins resolved by the second edge").isEmpty();
    assertThat(targets(third)).as("C-29: joins resolved by the third edge").isEmpty();
    assertThat(third.open()).as("C-29: open after everything was decided").isZero();
  }

  @Test
  @Rule("C-30")
  void joinsAreToldInTheOrderOfTheArrivals() {
    trial().open("C-30", "a");

    CompletionAnswer answer =
        trial()
            .complete(
                "C-30",
                "a",
                "t",
                taken("z"),
                arrival("waits", "1", EdgeState.TAKEN, Join.all(), 2),
                arrival("m", "1", EdgeState.SKIPPED, Join.all(), 1),
                taken("a-2"));

    assertThat(targets(answer))
        .as("C-30: the resolved joins in the order of the arrivals")
        .containsExactly("z", "m", "a-2");
    assertThat(answer.open()).as("C-30: open: the targets of the resolved joins").isEqualTo(3);
  }

  @Test
  @Rule("C-31")
  void aDecidedInstanceIsNotOpenedAgain() {
    trial().open("C-31", "a");
    trial().complete("C-31", "b", "t");

    CompletionAnswer answer = trial().complete("C-31", "a", "t", taken("b"));

    assertThat(targets(answer)).as("C-31: joins before a decided instance").isEmpty();
    assertThat(answer.open()).as("C-31: open, without the decided instance").isZero();
  }

  @Test
  @Rule("C-32")
  void ofManyArrivalsOneResolvesTheJoin() {
    for (int round = 0; round < 10; round++) {
      String target = "join-" + round;
      trial().open("C-32", "root");

      List<CompletionAnswer> answers =
          trial()
              .together(
                  "C-32",
                  8,
                  i ->
                      trial()
                          .store
                          .complete(
                              trial()
                                  .completion(
                                      target + "-source-" + i,
                                      "t",
                                      false,
                                      arrival(target, "e" + i, EdgeState.TAKEN, Join.all(), 8))));

      List<ResolvedJoin> resolved = new ArrayList<>();
      answers.forEach(answer -> resolved.addAll(answer.resolved()));
      assertThat(resolved).as("C-32: how often a join was resolved").hasSize(1);
      assertThat(resolved.get(0).taken()).as("C-32: the edges of the join").hasSize(8);
    }
  }

  @Test
  @Rule("C-40")
  void aJoinMayHaveManyEdges() {
    trial().open("C-40", "root");

    CompletionAnswer last = CompletionAnswer.UNKNOWN_RUN;
    for (int i = 0; i < MANY; i++) {
      last =
          trial()
              .complete(
                  "C-40",
                  "worker-" + i,
                  "t",
                  arrival("gather", "e" + i, EdgeState.TAKEN, Join.all(), MANY));
    }

    assertThat(targets(last)).as("C-40: joins resolved by the last edge").containsExactly("gather");
    assertThat(last.resolved().get(0).taken()).as("C-40: the edges of the join").hasSize(MANY);
  }
}
