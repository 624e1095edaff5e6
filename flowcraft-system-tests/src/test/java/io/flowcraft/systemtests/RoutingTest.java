package io.flowcraft.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowcraft.blueprint.Join;
import io.flowcraft.blueprint.NodeDefinition;
import io.flowcraft.event.FlowEvent;
import io.flowcraft.event.FlowEvent.NodeFinished;
import io.flowcraft.flow.Flow;
import io.flowcraft.node.NodeResult;
import io.flowcraft.run.NodeStatus;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** From node to node in all the ways that there are. */
class RoutingTest extends Suite {

  @ParameterizedTest
  @EnumSource(Stack.class)
  void conditionsAndActionsChoose(Stack stack) {
    Flow flow =
        Flow.named("conditions")
            .node("from", c -> NodeResult.output(150).withAction("left"))
            .node("rich", Nodes.ECHO)
            .node("poor", Nodes.ECHO)
            .node("left", Nodes.ECHO)
            .node("right", Nodes.ECHO)
            .edge("from", "rich", edge -> edge.when("result.output > 100"))
            .edge("from", "poor", edge -> edge.when("result.output <= 100"))
            .edge("from", "left", edge -> edge.on("left").transform("input + 1"))
            .edge("from", "right", edge -> edge.on("right"))
            .build();

    Observed seen = completes(stack, flow);

    assertThat(seen.outputs()).containsEntry("left", 151).doesNotContainKeys("right", "poor");
  }

  @ParameterizedTest
  @EnumSource(Stack.class)
  void oneOfTwoEndsIsNotReached(Stack stack) {
    Flow flow =
        Flow.named("two-ends")
            .node("from", c -> NodeResult.output("x").withAction("left"))
            .node("left", Nodes.OWN_ID)
            .node("right", Nodes.OWN_ID)
            .edge("from", "left", edge -> edge.on("left"))
            .edge("from", "right", edge -> edge.on("right"))
            .build();

    Observed seen = completes(stack, flow);

    assertThat(seen.nodes())
        .containsEntry("left", NodeStatus.COMPLETED)
        .containsEntry("right", NodeStatus.SKIPPED);
  }

  @ParameterizedTest
  @EnumSource(Stack.class)
  void aJoinDoesNotWaitForABranchThatIsNotTaken(Stack stack) {
    Flow flow =
        Flow.named("skipped-branch")
            .node("from", c -> NodeResult.output("x").withAction("left"))
            .node("left", Nodes.OWN_ID)
            .node("right", Nodes.OWN_ID)
            .node("further", Nodes.OWN_ID)
            .node("other", Nodes.OWN_ID)
            .node("all", Nodes.INPUTS)
            .node("every", Nodes.INPUTS, node -> node.join(Join.every()))
            .edge("from", "left", edge -> edge.on("left"))
            .edge("from", "right", edge -> edge.on("right"))
            .edge("from", "other", edge -> edge.on("left"))
            .edge("right", "further")
            .edge("left", "all")
            .edge("further", "all")
            .edge("other", "all")
            .edge("left", "every")
            .edge("further", "every")
            .build();

    Observed seen = completes(stack, flow);

    assertThat(seen.outputs()).containsEntry("all", Map.of("left", "left", "other", "other"));
    assertThat(seen.nodes()).containsEntry("every", NodeStatus.SKIPPED);
  }

  @ParameterizedTest
  @EnumSource(Stack.class)
  void joinsOfSomeStartOnce(Stack stack) {
    Flow flow =
        Flow.named("some")
            .node("from", Nodes.OWN_ID)
            .node("left", Nodes.OWN_ID)
            .node("right", Nodes.OWN_ID)
            .node("third", Nodes.OWN_ID)
            .node("first", c -> once(c.nodeId()), node -> node.join(Join.any()).input("from"))
            .node("two", c -> once(c.nodeId()), node -> node.join(Join.atLeast(2)).input("from"))
            .edge("from", "left")
            .edge("from", "right")
            .edge("from", "third")
            .edge("left", "first")
            .edge("right", "first")
            .edge("left", "two")
            .edge("right", "two")
            .edge("third", "two")
            .build();

    List<Observed> seen =
        play(
            stack,
            flow,
            play -> {
              play.start();
              Observed all = play.rest();
              assertThat(all.outputs()).containsEntry("first", "first").containsEntry("two", "two");
              assertThat(play.history(FlowEvent.RunFinished.class, 1)).hasSize(1);
              assertThat(play.history(NodeFinished.class, 6))
                  .extracting(NodeFinished::nodeId)
                  .containsExactlyInAnyOrder("from", "left", "right", "third", "first", "two");
            });

    assertThat(seen).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(Stack.class)
  void theInputOfAJoinIsThatOfItsLastEdge(Stack stack) {
    Flow flow =
        Flow.named("last-edge")
            .node("from", Nodes.OWN_ID)
            .node("left", Nodes.OWN_ID)
            .sleep("nap", Duration.ofMillis(200))
            .node("right", Nodes.OWN_ID)
            .node("join", Nodes.ECHO)
            .edge("from", "nap")
            .edge("from", "right")
            .edge("nap", "left")
            .edge("left", "join")
            .edge("right", "join")
            .build();

    assertThat(completes(stack, flow).outputs()).containsEntry("join", "right");
  }

  private static NodeResult once(String nodeId) {
    return NodeResult.output(nodeId);
  }

  @ParameterizedTest
  @EnumSource(Stack.class)
  void aWideFanComesTogether(Stack stack) {
    var builder = Flow.named("fan").node("from", Nodes.OWN_ID).node("join", Nodes.INPUTS);
    Map<String, Object> expected = new LinkedHashMap<>();
    for (int i = 0; i < 40; i++) {
      builder.node("n" + i, Nodes.OWN_ID).edge("from", "n" + i).edge("n" + i, "join");
      expected.put("n" + i, "n" + i);
    }

    assertThat(completes(stack, builder.build()).outputs()).containsEntry("join", expected);
  }

  @ParameterizedTest
  @EnumSource(Stack.class)
  void dataOfTheRunAreSharedInTheOrderOfEdges(Stack stack) {
    Flow flow =
        Flow.named("data")
            .node(
                "write",
                c -> {
                  c.context().set("kept", "by write");
                  c.context().set("changed", 1);
                  c.context().set("deleted", "soon");
                  return NodeResult.none();
                })
            .node(
                "left",
                c -> {
                  c.context().set("changed", 2);
                  return NodeResult.output(c.context().get("kept"));
                })
            .node(
                "right",
                c -> {
                  c.context().delete("deleted");
                  return NodeResult.output(c.context().has("kept"));
                })
            .node(
                "read",
                c ->
                    NodeResult.output(
                        List.of(
                            String.valueOf(c.context().get("kept")),
                            String.valueOf(c.context().get("changed")),
                            c.context().has("deleted"))))
            .edge("write", "left")
            .edge("write", "right")
            .edge("left", "read")
            .edge("right", "read")
            .build();

    assertThat(completes(stack, flow).outputs())
        .containsEntry("read", List.of("by write", "2", false));
  }

  @ParameterizedTest
  @EnumSource(Stack.class)
  void nodesAddNodes(Stack stack) {
    Flow flow =
        Flow.named("dynamic")
            .node(
                "make",
                c ->
                    NodeResult.output(Map.of("gatherNodeId", "gather"))
                        .withDynamicNodes(
                            List.of(
                                NodeDefinition.of("x", "own-id"),
                                NodeDefinition.of("y", "own-id"))))
            .node("beside", Nodes.OWN_ID)
            .node(
                "gather", c -> NodeResult.output(c.context().get("x") + "" + c.context().get("y")))
            .node("end", Nodes.INPUTS)
            .edge("make", "beside")
            .edge("make", "gather")
            .edge("beside", "end")
            .edge("gather", "end")
            .build();

    assertThat(completes(stack, flow).outputs())
        .containsEntry("end", Map.of("beside", "beside", "gather", "xy"));
  }
}
