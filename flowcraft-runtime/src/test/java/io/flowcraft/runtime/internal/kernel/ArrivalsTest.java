package io.flowcraft.runtime.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowcraft.runtime.internal.graph.Drawing;
import io.flowcraft.runtime.internal.graph.Graph;
import io.flowcraft.runtime.internal.graph.GraphEdge;
import io.flowcraft.runtime.internal.graph.Instance;
import io.flowcraft.spi.Arrival;
import io.flowcraft.spi.EdgeDecision;
import io.flowcraft.spi.EdgeState;
import io.flowcraft.spi.JoinSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What decided edges mean for the joins behind them. */
class ArrivalsTest {

  private static final String LOOP = "a>b b>out b>loop loop>b:continue loop>c:break c>out a>out";

  private static List<EdgeDecision> decide(Instance instance, Set<String> taken) {
    List<EdgeDecision> decisions = new ArrayList<>();
    for (GraphEdge edge : OutEdges.of(instance)) {
      boolean isTaken = taken.contains(edge.definition().target());
      decisions.add(edge.decided(isTaken ? EdgeState.TAKEN : EdgeState.SKIPPED));
    }
    return decisions;
  }

  private static List<String> texts(Arrivals arrivals) {
    assertThat(arrivals.targets()).hasSameSizeAs(arrivals.arrivals());
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < arrivals.arrivals().size(); i++) {
      Arrival arrival = arrivals.arrivals().get(i);
      assertThat(arrivals.targets().get(i).key()).isEqualTo(arrival.target());
      texts.add(arrival.target() + " " + arrival.state());
    }
    return texts;
  }

  private static List<String> arrivals(String drawing, String key, String... taken) {
    Graph graph = Drawing.of(drawing);
    Instance instance = graph.parse(key, Map.of());
    return texts(Arrivals.of(graph, instance, decide(instance, Set.of(taken)), false, null));
  }

  @ParameterizedTest
  @EnumSource(EdgeState.class)
  void anEdgeArrivesAsItWasDecided(EdgeState state) {
    Graph graph = Drawing.of("a>b a>c");
    Instance instance = graph.node("a").rootInstance();

    assertThat(texts(Arrivals.of(graph, instance, Router.all(instance, state), false, null)))
        .containsExactly("b " + state, "c " + state);
  }

  @Test
  void theJoinOfTheTargetComesAlong() {
    Graph graph = Drawing.of("a>d b>d c>d");
    Instance instance = graph.node("a").rootInstance();

    assertThat(Arrivals.of(graph, instance, decide(instance, Set.of("d")), false, null).arrivals())
        .singleElement()
        .satisfies(
            arrival -> {
              assertThat(arrival.join().expected()).isEqualTo(3);
              assertThat(arrival.edge()).isEqualTo("0");
            });
  }

  @ParameterizedTest(name = "{0} takes {1}: {2}")
  @CsvSource({
    // an iteration begins, and what leaves the loop stays open
    "b#0/b,loop,b#0/loop TAKEN",
    "b#2/b,loop,b#2/loop TAKEN",
    // the controller goes on: the next iteration
    "b#0/loop,b,b#1/b TAKEN",
    "b#6/loop,b,b#7/b TAKEN",
    // it ends the loop: the exit is taken, and the header of the next iteration is told
    "b#0/loop,c,b#1/b SKIPPED|c TAKEN"
  })
  void loopsGoOnOrEnd(String key, String taken, String expected) {
    assertThat(arrivals(LOOP, key, taken)).containsExactlyInAnyOrder(expected.split("\\|", -1));
  }

  @Test
  void aHeaderThatIsNotRunEndsItsLoop() {
    assertThat(arrivals(LOOP, "b#3/b")).containsExactlyInAnyOrder("out SKIPPED", "c SKIPPED");
  }

  @Test
  void aHeaderThatLeavesItsLoopDecidesTheOtherExit() {
    assertThat(arrivals(LOOP, "b#3/b", "out")).containsExactlyInAnyOrder("out TAKEN", "c SKIPPED");
  }

  @Test
  void aReplacedNodeHasDecidedNothingYet() {
    Graph graph = Drawing.of("a!spare a>b");
    Instance instance = graph.node("a").rootInstance();

    assertThat(texts(Arrivals.of(graph, instance, List.of(), true, null))).isEmpty();
  }

  @Test
  void theEdgesOfAStandInThatIsNotNeededAreReleased() {
    assertThat(arrivals("a!spare a>b spare>c", "a", "b"))
        .containsExactlyInAnyOrder("b TAKEN", "c SKIPPED");
  }

  @Test
  void aNodeThatWaitsForAddedNodesIsToldLater() {
    Graph graph = Drawing.of("a>b a>gather");
    Instance instance = graph.node("a").rootInstance();
    var gather = graph.node("gather");
    List<EdgeDecision> decisions = decide(instance, Set.of("b", "gather"));

    assertThat(texts(Arrivals.of(graph, instance, decisions, false, gather)))
        .containsExactly("b TAKEN");
    assertThat(texts(Arrivals.deferred(graph, instance, gather, EdgeState.DEAD)))
        .containsExactly("gather DEAD");
  }

  @Test
  void addedNodesComeFirst() {
    Graph graph = Drawing.of("a>b c>d");
    Instance instance = graph.node("a").rootInstance();
    Instance added = graph.node("c").rootInstance();
    Arrivals arrivals = Arrivals.of(graph, instance, decide(instance, Set.of("b")), false, null);

    assertThat(texts(arrivals.after(List.of(added), "+"))).containsExactly("c TAKEN", "b TAKEN");
    Arrival more = new Arrival("d", "!", EdgeState.TAKEN, JoinSpec.SINGLE);
    assertThat(texts(arrivals.with(more, graph.node("d").rootInstance())))
        .containsExactly("b TAKEN", "d TAKEN");
    assertThat(texts(arrivals)).containsExactly("b TAKEN");
  }
}
