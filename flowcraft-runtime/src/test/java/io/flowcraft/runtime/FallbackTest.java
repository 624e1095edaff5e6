package io.flowcraft.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowcraft.blueprint.Blueprint;
import io.flowcraft.blueprint.EdgeDefinition;
import io.flowcraft.blueprint.NodeConfig;
import io.flowcraft.blueprint.NodeDefinition;
import io.flowcraft.event.FlowEvent;
import io.flowcraft.flow.Flow;
import io.flowcraft.node.NodeRegistry;
import io.flowcraft.node.NodeResult;
import io.flowcraft.run.NodeStatus;
import io.flowcraft.run.RunResult;
import io.flowcraft.run.RunStatus;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Nodes that stand in for others. */
class FallbackTest {

  private final Tally tally = new Tally();
  private final Lab lab = new Lab();

  @AfterEach
  void close() {
    lab.close();
  }

  @Test
  void aStandInGetsTheInputAndTheErrorAndItsOutputIsTheNodes() {
    Flow flow =
        Flow.named("flow")
            .node("a", tally.returns("given"))
            .node("b", tally.failing(9), node -> node.fallback("c"))
            .node(
                "c",
                c ->
                    NodeResult.output(
                        List.of(c.input(), c.failure().nodeId(), c.failure().causes().get(0))))
            .node("d", tally.echo())
            .edge("a", "b")
            .edge("b", "d")
            .build();

    RunResult result = lab.run(flow);

    List<String> expected = List.of("given", "b", "boom in b");
    assertThat(result.status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(result.errors()).isEmpty();
    assertThat(result.outputs())
        .containsEntry("b", expected)
        .containsEntry("c", expected)
        .containsEntry("d", expected);
    assertThat(result.nodes())
        .containsEntry("b", NodeStatus.REPLACED)
        .containsEntry("c", NodeStatus.COMPLETED);
    assertThat(lab.events(FlowEvent.NodeFallback.class))
        .singleElement()
        .satisfies(event -> assertThat(event.fallback()).isEqualTo("c"));
  }

  @Test
  void itsResultChoosesTheEdgesOfTheNode() {
    Flow flow =
        Flow.named("flow")
            .node("b", tally.failing(9), node -> node.fallback("c"))
            .node("c", c -> NodeResult.action("right"))
            .node("left", tally.node())
            .node("right", tally.node())
            .edge("b", "left", edge -> edge.on("left"))
            .edge("b", "right", edge -> edge.on("right"))
            .build();

    lab.run(flow);

    assertThat(tally.ran()).containsExactly("b", "right");
  }

  @Test
  void whoIsNotNeededDoesNotRun() {
    Flow flow =
        Flow.named("flow")
            .node("b", tally.node(), node -> node.fallback("c"))
            .node("c", tally.node())
            .node("d", tally.node())
            .edge("b", "d")
            .build();

    RunResult result = lab.run(flow);

    assertThat(tally.ran()).containsExactly("b", "d");
    assertThat(result.nodes()).containsEntry("c", NodeStatus.SKIPPED);
    assertThat(result.status()).isEqualTo(RunStatus.COMPLETED);
  }

  @Test
  void standInsHaveStandIns() {
    Flow flow =
        Flow.named("flow")
            .node("a", tally.returns(1))
            .node("b", tally.failing(9), node -> node.fallback("c"))
            .node("c", tally.failing(9), node -> node.fallback("d"))
            .node("d", c -> NodeResult.output(c.input() + " " + c.failure().nodeId()))
            .node("end", tally.echo())
            .edge("a", "b")
            .edge("b", "end")
            .build();

    RunResult result = lab.run(flow);

    assertThat(result.outputs()).containsEntry("end", "1 c").containsEntry("b", "1 c");
    assertThat(tally.ran()).containsExactly("a", "b", "c", "end");
  }

  @Test
  void aStandInThatFailsFailsTheRun() {
    Flow flow =
        Flow.named("flow")
            .node("b", tally.failing(9), node -> node.fallback("c"))
            .node("c", tally.failing(9))
            .node("d", tally.node())
            .edge("b", "d")
            .build();

    RunResult result = lab.run(flow);

    assertThat(result.status()).isEqualTo(RunStatus.FAILED);
    assertThat(result.errors())
        .singleElement()
        .satisfies(error -> assertThat(error.nodeId()).isEqualTo("c"));
    assertThat(result.nodes()).containsEntry("d", NodeStatus.SKIPPED);
  }

  @Test
  void oneNodeStandsInForSeveral() {
    Flow flow =
        Flow.named("flow")
            .node("a1", tally.failing(9), node -> node.fallback("c"))
            .node("a2", tally.node(), node -> node.fallback("c"))
            .node("a3", tally.failing(9), node -> node.fallback("c"))
            .node("c", c -> NodeResult.output("for " + c.failure().nodeId()))
            .node("end", c -> NodeResult.output(c.inputs()))
            .edge("a1", "end")
            .edge("a2", "end")
            .edge("a3", "end")
            .build();

    RunResult result = lab.run(flow);

    assertThat(result.status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(result.outputs())
        .containsEntry("end", java.util.Map.of("a1", "for a1", "a2", "a2", "a3", "for a3"));
  }

  @Test
  void inALoopItStandsInWhereItIsNeeded() {
    Flow flow =
        Flow.named("flow")
            .node(
                "body",
                c -> {
                  tally.note("body" + c.iteration());
                  if (c.iteration().endsWith("#1")) {
                    throw new IllegalStateException("second");
                  }
                  return NodeResult.output("own");
                },
                node -> node.fallback("spare"))
            .node(
                "spare",
                c -> {
                  tally.note("spare");
                  return NodeResult.output("spare");
                })
            .node(
                "check",
                c -> {
                  tally.note("check " + c.input());
                  c.context().set("more", !c.iteration().endsWith("#3"));
                  return NodeResult.none();
                })
            .loop("loop", "more", l -> l.start("body").end("check"))
            .node("end", tally.node())
            .edge("body", "check")
            .edge("loop", "end")
            .build();

    RunResult result = lab.run(flow);

    assertThat(result.status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(tally.ran().stream().filter(s -> s.startsWith("check")))
        .containsExactly("check own", "check spare", "check own", "check own");
    assertThat(tally.count("spare")).isOne();
    assertThat(tally.count("end")).isOne();
  }

  private static NodeDefinition node(String id, String fallback) {
    NodeConfig config = NodeConfig.DEFAULT.withFallback(fallback);
    return NodeDefinition.of(id, id).withConfig(config);
  }

  /** The npm library allows edges that leave a stand-in. */
  private Flow withEdgesOfItsOwn(boolean fails) {
    Blueprint blueprint =
        new Blueprint(
            "own-edges-" + fails,
            List.of(
                node("a", "b"),
                NodeDefinition.of("b", "b"),
                NodeDefinition.of("c", "c"),
                NodeDefinition.of("d", "d"),
                NodeDefinition.of("end", "end")),
            List.of(
                EdgeDefinition.of("a", "c"),
                EdgeDefinition.of("b", "d"),
                EdgeDefinition.of("c", "end"),
                EdgeDefinition.of("d", "end")));
    NodeRegistry registry =
        NodeRegistry.empty()
            .register("a", fails ? tally.failing(9) : tally.node())
            .register("b", tally.node())
            .register("c", tally.node())
            .register("d", tally.node())
            .register("end", tally.node());
    return Flow.of(blueprint, registry);
  }

  @Test
  void itsOwnEdgesAreTakenToo() {
    RunResult result = lab.run(withEdgesOfItsOwn(true));

    assertThat(result.status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(tally.ran()).containsExactlyInAnyOrder("a", "b", "c", "d", "end");
  }

  @Test
  void itsOwnEdgesAreSkippedIfItIsNotNeeded() {
    RunResult result = lab.run(withEdgesOfItsOwn(false));

    assertThat(result.status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(tally.ran()).containsExactly("a", "c", "end");
    assertThat(result.nodes()).containsEntry("d", NodeStatus.SKIPPED);
  }
}
