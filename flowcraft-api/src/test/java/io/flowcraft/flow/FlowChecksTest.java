package io.flowcraft.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.flowcraft.blueprint.Join;
import io.flowcraft.error.ErrorCode;
import io.flowcraft.error.FlowcraftException;
import io.flowcraft.node.NodeFunction;
import io.flowcraft.node.NodeResult;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class FlowChecksTest {

  private static final NodeFunction NOOP = context -> NodeResult.none();

  private static String refusalOf(FlowBuilder builder) {
    FlowcraftException refusal =
        assertThatExceptionOfType(FlowcraftException.class).isThrownBy(builder::build).actual();
    assertThat(refusal.code()).isEqualTo(ErrorCode.BLUEPRINT_INVALID);
    return refusal.getMessage();
  }

  @Test
  void refusesAFlowWithoutNodes() {
    assertThat(refusalOf(Flow.named("none")))
        .isEqualTo("[FC-2002] Flow 'none': Cannot build a blueprint with no nodes.");
  }

  @Test
  void tellsEveryProblemAtOnceWithItsPlace() {
    FlowBuilder builder =
        Flow.named("broken")
            .node("a", NOOP, n -> n.fallback("a"))
            .node("b", NOOP, n -> n.fallback("ghost").timeout(Duration.ZERO))
            .node("b", NOOP)
            .edge("a", "b")
            .edge("a", "b")
            .edge("b", "nowhere")
            .edge("phantom", "b");

    assertThat(refusalOf(builder))
        .startsWith("[FC-2002] Flow 'broken' has 7 problems:\n- ")
        .contains(
            "- The id 'b' is used 2 times: node 'b', node 'b'.",
            "- Node 'a' names itself as its fallback.",
            "- Node 'b' has a timeout of PT0S; longer than zero, or none.",
            "- Node 'b' names the fallback 'ghost', which is missing.",
            "- Edge 'a' -> 'b' exists twice with the same action and condition.",
            "- Edge 'b' -> 'nowhere' leads to a node that does not exist.",
            "- Edge 'phantom' -> 'b' leaves a node that does not exist.");
  }

  @Test
  void looksAtIdsThatABatchBringsAlong() {
    assertThat(
            refusalOf(
                Flow.named("ids")
                    .batch("work", NOOP, b -> b.chunkSize(0))
                    .node("work_gather", NOOP)))
        .contains("The id 'work_gather' is used 2 times: batch 'work', node 'work_gather'.")
        .contains("Batch 'work' has a chunk size of 0; at least 1.");
  }

  @Test
  void checksLoops() {
    FlowBuilder builder =
        Flow.named("loops")
            .node("a", NOOP)
            .loop("one", "go", l -> l.start("g1").end("g2"))
            .loop("two", " ", l -> l.start("two"));

    assertThat(refusalOf(builder))
        .contains(
            "Loop 'one' references non-existent start node 'g1'.",
            "Loop 'one' references non-existent end node 'g2'.",
            "Loop 'two' has no condition.",
            "Loop 'two' names itself as its start node.",
            "Loop 'two' names no end node; call end(…).");
  }

  @Test
  void checksFallbacks() {
    FlowBuilder builder =
        Flow.named("fallbacks")
            .node("a", NOOP, n -> n.fallback("b"))
            .node("b", NOOP, n -> n.fallback("a"))
            .node("c", NOOP, n -> n.fallback("work"))
            .node("d", NOOP, n -> n.fallback("e"))
            .node("e", NOOP)
            .batch("work", NOOP, b -> b.input("items"))
            .edge("c", "e");

    assertThat(refusalOf(builder))
        .contains(
            "Fallbacks stand in for each other: a, b.",
            "Edge 'c' -> 'e' leads to the fallback of 'd', which only a failure starts.",
            "Node 'c' names the fallback 'work', which is a batch; only a node can stand in.");
  }

  @Test
  void checksJoinsAndSleeps() {
    FlowBuilder builder =
        Flow.named("joins")
            .node("a", NOOP)
            .sleep("nap", Duration.ofMillis(-5))
            .node("join", NOOP, n -> n.join(Join.atLeast(3)))
            .edge("a", "join")
            .edge("nap", "join");

    assertThat(refusalOf(builder))
        .contains(
            "Node 'join' waits for 3 edges and has 2.",
            "Node 'nap' has a duration of -5 ms; zero or longer.");
  }

  @Test
  void findsWhatNothingLeadsTo() {
    FlowBuilder builder =
        Flow.named("island")
            .node("start", NOOP, n -> n.fallback("standIn"))
            .node("standIn", NOOP)
            .node("behindStandIn", NOOP)
            .node("x", NOOP)
            .node("y", NOOP)
            .edge("standIn", "behindStandIn")
            .edge("x", "y")
            .edge("y", "x");

    assertThat(refusalOf(builder))
        .contains(
            "Node 'x' is not reachable from any start node.",
            "Node 'y' is not reachable from any start node.")
        .startsWith("[FC-2002] Flow 'island' has 2 problems:");
  }

  @Test
  void wantsToKnowWhereACycleBegins() {
    FlowBuilder cycle =
        Flow.named("cycle").node("x", NOOP).node("y", NOOP).edge("x", "y").edge("y", "x");

    assertThat(refusalOf(cycle)).contains("No node can start", "cycleEntryPoints");
    assertThat(
            cycle.metadata("cycleEntryPoints", List.of("y")).build().blueprint().cycleEntryPoints())
        .containsExactly("y");
  }

  @Test
  void refusesTwoFlowsOfOneId() {
    Flow child = Flow.named("child").node("a", NOOP).build();
    Flow other = Flow.named("child").node("b", NOOP).build();

    assertThat(refusalOf(Flow.named("parent").subflow("s", child).subflow("t", other)))
        .isEqualTo(
            "[FC-2002] Flow 'parent': Node 't' runs a flow 'child' and that id is taken already.");
  }

  @Test
  void refusesBlankIds() {
    assertThat(refusalOf(Flow.named("").node(" ", NOOP)))
        .contains("A flow needs an id", "A node needs an id");
  }
}
