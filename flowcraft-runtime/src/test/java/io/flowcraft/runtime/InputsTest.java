package io.flowcraft.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowcraft.flow.Flow;
import io.flowcraft.flow.NodeSpec;
import io.flowcraft.node.NodeResult;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Where a node's input comes from. */
class InputsTest {

  private final Lab lab = new Lab();

  @AfterEach
  void close() {
    lab.close();
  }

  /** Three nodes; the last one tells its input. */
  private Object input(Consumer<NodeSpec> spec) {
    Flow flow =
        Flow.named("inputs")
            .node(
                "user",
                c -> {
                  c.context().set("color", "blue");
                  return NodeResult.output(
                      Map.of("name", "Ada", "tags", List.of("x", Map.of("y", 1))));
                })
            .node("age", c -> NodeResult.output(36))
            .node("tell", c -> NodeResult.output(c.hasInput() ? c.input() : "none"), spec)
            .edge("user", "age")
            .edge("age", "tell")
            .build();
    return lab.run(flow, Map.of("size", 42, "deep", Map.of("er", "value"))).outputs().get("tell");
  }

  @Test
  void withoutSourcesItIsWhatTheEdgeDelivers() {
    assertThat(input(node -> {})).isEqualTo(36);
  }

  @Test
  void aSourceIsANodeOrAContextKeyOrAPath() {
    assertThat(input(node -> node.input("user")))
        .isEqualTo(Map.of("name", "Ada", "tags", List.of("x", Map.of("y", 1))));
    assertThat(input(node -> node.input("color"))).isEqualTo("blue");
    assertThat(input(node -> node.input("size"))).isEqualTo(42);
    assertThat(input(node -> node.input("user.name"))).isEqualTo("Ada");
    assertThat(input(node -> node.input("user.tags.1.y"))).isEqualTo(1);
    assertThat(input(node -> node.input("deep.er"))).isEqualTo("value");
    assertThat(input(node -> node.input("_outputs.age"))).isEqualTo(36);
  }

  @Test
  void whatIsNotThereIsNoInput() {
    assertThat(input(node -> node.input("ghost"))).isEqualTo("none");
    assertThat(input(node -> node.input("user.ghost"))).isEqualTo("none");
    assertThat(input(node -> node.input("user.tags.7"))).isEqualTo("none");
    assertThat(input(node -> node.input("user.name.first"))).isEqualTo("none");
  }

  @Test
  void severalSourcesAreAMapWithoutWhatIsNotThere() {
    Map<String, String> sources = new LinkedHashMap<>();
    sources.put("who", "user.name");
    sources.put("how", "size");
    sources.put("what", "ghost");

    assertThat(input(node -> node.inputs(sources))).isEqualTo(Map.of("who", "Ada", "how", 42));
  }

  @Test
  void aNodeWithoutEdgesReadsTheInitialData() {
    Flow flow =
        Flow.named("start")
            .node("a", c -> NodeResult.output(c.hasInput()))
            .node("b", c -> NodeResult.output(c.input()), node -> node.input("given"))
            .build();

    assertThat(lab.run(flow, Map.of("given", 1)).outputs())
        .containsEntry("a", false)
        .containsEntry("b", 1);
  }

  @Test
  void anEdgeCanTransformWhatItDelivers() {
    Flow flow =
        Flow.named("transform")
            .node("a", c -> NodeResult.output(Map.of("x", 1, "y", 2)))
            .node("b", c -> NodeResult.output(c.input()))
            .node("c", c -> NodeResult.output(c.input()))
            .node("d", c -> NodeResult.output(c.hasInput() ? "some" : "none"))
            .edge("a", "b", edge -> edge.transform("input.x"))
            .edge("a", "c", edge -> edge.transform("context.size"))
            .edge("a", "d", edge -> edge.transform("input.ghost"))
            .build();

    assertThat(lab.run(flow, Map.of("size", 9)).outputs())
        .containsEntry("b", 1)
        .containsEntry("c", 9)
        .containsEntry("d", "none");
  }

  @Test
  void aJoinGetsTheLastTakenEdgeAndKnowsThemAll() {
    Flow flow =
        Flow.named("join")
            .node("a", c -> NodeResult.output("a"))
            .node("b", c -> NodeResult.output("b"))
            .node("c", c -> NodeResult.none())
            .node("end", c -> NodeResult.output(List.of(String.valueOf(c.input()), c.inputs())))
            .edge("b", "end")
            .edge("a", "end")
            .edge("c", "end")
            .build();

    assertThat(lab.run(flow).outputs())
        .containsEntry("end", List.of("null", Map.of("b", "b", "a", "a")));
  }

  @Test
  void theInputOfAJoinDoesNotDependOnWhoWasLast() {
    for (int round = 0; round < 20; round++) {
      Flow flow =
          Flow.named("order" + round)
              .node("a", c -> NodeResult.output("a"))
              .node("b", c -> NodeResult.output("b"))
              .node("b2", c -> NodeResult.output("b2"))
              .node("end", c -> NodeResult.output(c.input()))
              .edge("b", "b2")
              .edge("b2", "end")
              .edge("a", "end")
              .build();

      assertThat(lab.run(flow).outputs()).containsEntry("end", "a");
    }
  }

  @Test
  void aValueOfNullIsAnInput() {
    Flow flow =
        Flow.named("nothing")
            .node("a", c -> NodeResult.output(null))
            .node("b", c -> NodeResult.output(c.hasInput() + " " + c.input()))
            .node("none", c -> NodeResult.none())
            .node("c", c -> NodeResult.output(c.hasInput() + " " + c.input()))
            .edge("a", "b")
            .edge("none", "c")
            .build();

    assertThat(lab.run(flow).outputs())
        .containsEntry("b", "true null")
        .containsEntry("c", "false null");
  }
}
