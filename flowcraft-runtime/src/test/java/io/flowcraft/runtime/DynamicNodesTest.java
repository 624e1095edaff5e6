package io.flowcraft.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowcraft.blueprint.InputMapping;
import io.flowcraft.blueprint.NodeConfig;
import io.flowcraft.blueprint.NodeDefinition;
import io.flowcraft.blueprint.Retry;
import io.flowcraft.error.ErrorCode;
import io.flowcraft.flow.Flow;
import io.flowcraft.flow.FlowBuilder;
import io.flowcraft.node.NodeResult;
import io.flowcraft.run.NodeStatus;
import io.flowcraft.run.RunResult;
import io.flowcraft.run.RunStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Nodes that a node adds to its run. */
class DynamicNodesTest {

  private final Tally tally = new Tally();
  private final Lab lab = new Lab(builder -> builder.register("work", tally.node()));

  @AfterEach
  void close() {
    lab.close();
  }

  private static NodeResult adding(String... ids) {
    List<NodeDefinition> nodes = new ArrayList<>();
    for (String id : ids) {
      nodes.add(NodeDefinition.of(id, "work"));
    }
    return NodeResult.output(Map.of("gatherNodeId", "gather")).withDynamicNodes(nodes);
  }

  private FlowBuilder gathering(String name) {
    return Flow.named(name)
        .node("gather", c -> NodeResult.output(c.context().get("x") + "" + c.context().get("y")))
        .node("end", c -> NodeResult.output(c.input()))
        .edge("make", "gather")
        .edge("gather", "end");
  }

  @Test
  void theNodeThatIsNamedWaitsForThem() {
    RunResult result = lab.run(gathering("flow").node("make", c -> adding("x", "y")).build());

    assertThat(result.status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(result.outputs()).containsEntry("end", "xy").containsEntry("x", "x");
    assertThat(tally.ran()).containsExactly("x", "y");
    assertThat(result.nodes()).containsEntry("x", NodeStatus.COMPLETED);
  }

  @Test
  void withoutANameNobodyWaits() {
    Flow flow =
        Flow.named("flow")
            .node(
                "make",
                c -> NodeResult.none().withDynamicNodes(List.of(NodeDefinition.of("x", "work"))))
            .node("next", tally.node())
            .edge("make", "next")
            .build();

    RunResult result = lab.run(flow);

    assertThat(result.status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(tally.ran()).containsExactlyInAnyOrder("x", "next");
  }

  @Test
  void anIdThatTheBlueprintHasIsRefused() {
    RunResult result = lab.run(gathering("flow").node("make", c -> adding("x", "end")).build());

    assertThat(result.status()).isEqualTo(RunStatus.FAILED);
    assertThat(result.errors())
        .singleElement()
        .satisfies(error -> assertThat(error.message()).contains("'end'"));
    assertThat(tally.ran()).isEmpty();
  }

  @Test
  void anIdThatIsAddedTwiceIsRefused() {
    RunResult result = lab.run(gathering("flow").node("make", c -> adding("x", "y", "x")).build());

    assertThat(result.status()).isEqualTo(RunStatus.FAILED);
    assertThat(result.errors())
        .singleElement()
        .satisfies(
            error -> {
              assertThat(error.code()).isEqualTo(ErrorCode.NODE_FAILED);
              assertThat(error.message()).contains("'make'", "'x'", "ids of their own");
            });
    assertThat(tally.ran()).isEmpty();
  }

  @Test
  void anIdThatAnotherNodeHasAddedIsRefused() {
    RunResult result =
        lab.run(
            gathering("flow")
                .node("make", c -> adding("x", "y"))
                .node("other", c -> adding("y", "z"))
                .edge("make", "other")
                .build());

    assertThat(result.status()).isEqualTo(RunStatus.FAILED);
    assertThat(result.errors())
        .singleElement()
        .satisfies(
            error -> {
              assertThat(error.nodeId()).isEqualTo("other");
              assertThat(error.message()).contains("'y'", "'make'");
            });
    assertThat(result.outputs()).containsEntry("end", "xy");
    assertThat(tally.ran()).containsExactly("x", "y");
  }

  @Test
  void inALoopTheSameIdsAreAddedInEachIteration() {
    Flow flow =
        gathering("flow")
            .node(
                "make",
                c -> {
                  c.context().set("more", !c.iteration().endsWith("#2"));
                  return adding("x", "y");
                })
            .loop("loop", "more", l -> l.start("make").end("end"))
            .node("last", c -> NodeResult.none())
            .edge("loop", "last")
            .build();

    RunResult result = lab.run(flow);

    assertThat(result.status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(tally.count("x")).isEqualTo(3);
    assertThat(tally.count("y")).isEqualTo(3);
  }

  @Test
  void inALoopAddedNodesAddTheSameIdsInEachIteration() {
    Flow flow =
        Flow.named("flow")
            .node(
                "make",
                c -> {
                  c.context().set("more", !c.iteration().endsWith("#2"));
                  return NodeResult.none()
                      .withDynamicNodes(List.of(NodeDefinition.of("x", "flow:parent")));
                })
            .node(
                "parent",
                c ->
                    c.nodeId().equals("x")
                        ? NodeResult.none()
                            .withDynamicNodes(List.of(NodeDefinition.of("y", "work")))
                        : NodeResult.none())
            .loop("loop", "more", l -> l.start("make").end("make"))
            .node("last", tally.node())
            .edge("parent", "make")
            .edge("loop", "last")
            .build();

    assertThat(lab.run(flow).status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(tally.count("y")).isEqualTo(3);
  }

  @Test
  void theyHaveParametersInputsAndRetries() {
    NodeDefinition node =
        new NodeDefinition("x", "flow:flaky", Map.of("p", 7))
            .withInputs(InputMapping.from("given"))
            .withConfig(NodeConfig.DEFAULT.withRetry(Retry.fixed(Duration.ZERO)));
    Flow flow =
        Flow.named("flow")
            .node("make", c -> NodeResult.none().withDynamicNodes(List.of(node)))
            .node(
                "flaky",
                c -> {
                  if (!c.nodeId().equals("x")) {
                    return null;
                  }
                  if (c.attempt() < 3) {
                    throw new IllegalStateException("again");
                  }
                  return NodeResult.output(c.input() + " " + c.params().get("p"));
                })
            .build();

    assertThat(lab.run(flow, Map.of("given", "g")).outputs()).containsEntry("x", "g 7");
  }

  @Test
  void aFailedOneFailsWhoWaitsForIt() {
    Flow flow =
        gathering("flow")
            .node(
                "make",
                c ->
                    NodeResult.output(Map.of("gatherNodeId", "gather"))
                        .withDynamicNodes(
                            List.of(
                                NodeDefinition.of("x", "work"), NodeDefinition.of("y", "unknown"))))
            .build();

    RunResult result = lab.run(flow);

    assertThat(result.status()).isEqualTo(RunStatus.FAILED);
    assertThat(result.errors())
        .singleElement()
        .satisfies(
            error -> {
              assertThat(error.code()).isEqualTo(ErrorCode.IMPLEMENTATION_MISSING);
              assertThat(error.nodeId()).isEqualTo("y");
            });
    assertThat(result.nodes()).containsEntry("gather", NodeStatus.SKIPPED);
    assertThat(tally.ran()).containsExactly("x");
  }

  @Test
  void aStandInCompletesItForWhoWaits() {
    NodeDefinition fragile =
        NodeDefinition.of("x", "flow:bad").withConfig(NodeConfig.DEFAULT.withFallback("spare"));
    Flow flow =
        gathering("flow")
            .node(
                "make",
                c ->
                    NodeResult.output(Map.of("gatherNodeId", "gather"))
                        .withDynamicNodes(List.of(fragile, NodeDefinition.of("y", "work"))))
            .node("owner", c -> NodeResult.none(), node -> node.fallback("spare"))
            .node(
                "bad",
                c -> {
                  if (c.nodeId().equals("x")) {
                    throw new IllegalStateException("bad");
                  }
                  return null;
                })
            .node("spare", c -> NodeResult.output("spare"))
            .build();

    RunResult result = lab.run(flow);

    assertThat(result.status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(result.outputs()).containsEntry("end", "sparey");
  }

  @Test
  void theirNumberIsLimited() {
    try (Lab small =
        new Lab(
            builder ->
                builder
                    .register("work", tally.node())
                    .limits(new RuntimeLimits(RuntimeLimits.DEFAULT.values(), 10, 2, 3)))) {
      RunResult result =
          small.run(gathering("flow").node("make", c -> adding("x", "y", "z")).build());

      assertThat(result.errors().get(0).code()).isEqualTo(ErrorCode.FAN_OUT_LIMIT);
      assertThat(tally.ran()).isEmpty();
    }
  }

  @Test
  void addedNodesMayAddNodes() {
    try (Lab deep =
        new Lab(
            builder ->
                builder.register(
                    "grow",
                    c -> {
                      tally.note(c);
                      int n = Integer.parseInt(c.nodeId().substring(1));
                      return n >= 5
                          ? NodeResult.none()
                          : NodeResult.none()
                              .withDynamicNodes(List.of(NodeDefinition.of("g" + (n + 1), "grow")));
                    }))) {
      Flow flow =
          Flow.named("flow")
              .node(
                  "make",
                  c -> NodeResult.none().withDynamicNodes(List.of(NodeDefinition.of("g1", "grow"))))
              .build();

      assertThat(deep.run(flow).status()).isEqualTo(RunStatus.COMPLETED);
      assertThat(tally.ran())
          .containsExactlyElementsOf(IntStream.rangeClosed(1, 5).mapToObj(i -> "g" + i).toList());
    }
  }
}
