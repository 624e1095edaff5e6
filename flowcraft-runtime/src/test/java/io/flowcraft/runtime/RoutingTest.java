package io.flowcraft.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowcraft.event.FlowEvent;
import io.flowcraft.expression.ExpressionEvaluator;
import io.flowcraft.flow.Flow;
import io.flowcraft.node.NodeFunction;
import io.flowcraft.node.NodeResult;
import io.flowcraft.run.NodeStatus;
import io.flowcraft.run.RunResult;
import io.flowcraft.run.RunStatus;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which edges a finished node takes. */
class RoutingTest {

  private final Tally tally = new Tally();
  private final Lab lab = new Lab(builder -> builder.evaluator(new ExpressionEvaluator()));

  @AfterEach
  void close() {
    lab.close();
  }

  /** A node with edges of all kinds; who ran behind it. */
  private List<String> behind(NodeFunction node) {
    Flow flow =
        Flow.named("routing")
            .node("from", node)
            .node("plain", tally.node())
            .node("left", tally.node())
            .node("right", tally.node())
            .node("rich", tally.node())
            .node("both", tally.node())
            .edge("from", "plain")
            .edge("from", "left", edge -> edge.on("left"))
            .edge("from", "right", edge -> edge.on("right"))
            .edge("from", "rich", edge -> edge.when("result.output > 100"))
            .edge("from", "both", edge -> edge.on("left").when("result.output > 100"))
            .build();
    tally.clear();
    RunResult result = lab.run(flow);
    assertThat(result.status()).isEqualTo(RunStatus.COMPLETED);
    return tally.ran();
  }

  @Test
  void withoutAnActionTheEdgesWithoutActionAreTaken() {
    assertThat(behind(c -> NodeResult.output(1))).containsExactly("plain");
    assertThat(behind(c -> NodeResult.output(101))).containsExactly("plain", "rich");
  }

  @Test
  void anActionTakesItsEdges() {
    assertThat(behind(c -> NodeResult.output(1).withAction("left"))).containsExactly("left");
    assertThat(behind(c -> NodeResult.output(101).withAction("left")))
        .containsExactly("left", "both");
    assertThat(behind(c -> NodeResult.output(101).withAction("right"))).containsExactly("right");
  }

  @Test
  void anActionWithoutEdgesFallsBackToThoseWithoutAction() {
    assertThat(behind(c -> NodeResult.output(1).withAction("nowhere"))).containsExactly("plain");
  }

  @Test
  void conditionsSeeTheResultAndTheContext() {
    Flow flow =
        Flow.named("conditions")
            .node(
                "from",
                c -> {
                  c.context().set("mine", true);
                  return NodeResult.output(Map.of("level", 3)).with("extra", "x");
                })
            .node("output", tally.node())
            .node("extra", tally.node())
            .node("own", tally.node())
            .node("given", tally.node())
            .node("no", tally.node())
            .edge("from", "output", edge -> edge.when("result.output.level == 3"))
            .edge("from", "extra", edge -> edge.when("result.extra == 'x'"))
            .edge("from", "own", edge -> edge.when("mine"))
            .edge("from", "given", edge -> edge.when("limit < 10"))
            .edge("from", "no", edge -> edge.when("limit > 10"))
            .build();

    lab.run(flow, Map.of("limit", 5));

    assertThat(tally.ran()).containsExactly("output", "extra", "own", "given");
  }

  @Test
  void noEdgeIsNoFailureButAnEventSaysSo() {
    Flow flow =
        Flow.named("none")
            .node("from", c -> NodeResult.action("other"))
            .node("to", tally.node())
            .edge("from", "to", edge -> edge.on("this"))
            .build();

    RunResult result = lab.run(flow);

    assertThat(result.status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(result.nodes()).containsEntry("to", NodeStatus.SKIPPED);
    assertThat(lab.events(FlowEvent.NoEdgeSelected.class))
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.nodeId()).isEqualTo("from");
              assertThat(event.action()).isEqualTo("other");
            });
  }

  @Test
  void aConditionThatCanNotBeEvaluatedDoesNotHangTheRun() {
    Flow flow =
        Flow.named("strange")
            .node("from", tally.node())
            .node("to", tally.node())
            .edge("from", "to", edge -> edge.when("ghost.member.deeper > 3"))
            .build();

    assertThat(lab.run(flow).status()).isIn(RunStatus.COMPLETED, RunStatus.FAILED);
    assertThat(tally.ran()).containsExactly("from");
  }

  @Test
  void anEvaluatorThatThrowsFailsTheNode() {
    Flow flow =
        Flow.named("throwing")
            .node("from", tally.node())
            .node("to", tally.node())
            .edge("from", "to", edge -> edge.when("anything"))
            .build();
    try (Lab throwing =
        new Lab(
            builder ->
                builder.evaluator(
                    (expression, scope) -> {
                      throw new IllegalStateException("can't evaluate " + expression);
                    }))) {
      RunResult result = throwing.run(flow);

      assertThat(result.status()).isEqualTo(RunStatus.FAILED);
      assertThat(result.errors().toString()).contains("can't evaluate anything");
      assertThat(result.nodes()).containsEntry("to", NodeStatus.SKIPPED);
    }
  }

  @Test
  void deadPathsAreSkippedToTheirEnds() {
    Flow flow =
        Flow.named("dead")
            .node("from", c -> NodeResult.action("a"))
            .node("a", tally.node())
            .node("b1", tally.node())
            .node("b2", tally.node())
            .node("b3", tally.node())
            .node("join", c -> NodeResult.output(c.inputs().keySet().toString()))
            .edge("from", "a", edge -> edge.on("a"))
            .edge("from", "b1", edge -> edge.on("b"))
            .edge("b1", "b2")
            .edge("b2", "b3")
            .edge("b3", "join")
            .edge("a", "join")
            .build();

    RunResult result = lab.run(flow);

    assertThat(result.status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(result.outputs()).containsEntry("join", "[a]");
    assertThat(result.nodes())
        .containsEntry("b1", NodeStatus.SKIPPED)
        .containsEntry("b2", NodeStatus.SKIPPED)
        .containsEntry("b3", NodeStatus.SKIPPED);
    assertThat(lab.events(FlowEvent.NodeBypassed.class))
        .extracting(FlowEvent.NodeBypassed::nodeId)
        .containsExactly("b1", "b2", "b3");
  }

  @Test
  void aVeryLongDeadPathIsNoProblem() {
    var builder =
        Flow.named("long")
            .node("from", c -> NodeResult.action("none"))
            .node("n0", tally.node())
            .edge("from", "n0", edge -> edge.on("some"));
    for (int i = 1; i < 20_000; i++) {
      builder.node("n" + i, "long:n0").edge("n" + (i - 1), "n" + i);
    }

    RunResult result = lab.run(builder.build());

    assertThat(result.status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(result.nodes()).containsEntry("n19999", NodeStatus.SKIPPED);
  }
}
