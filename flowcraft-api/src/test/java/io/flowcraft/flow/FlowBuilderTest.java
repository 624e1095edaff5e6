package io.flowcraft.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowcraft.blueprint.BuiltIns;
import io.flowcraft.blueprint.EdgeDefinition;
import io.flowcraft.blueprint.InputMapping;
import io.flowcraft.blueprint.Join;
import io.flowcraft.blueprint.NodeDefinition;
import io.flowcraft.blueprint.Retry;
import io.flowcraft.node.Node;
import io.flowcraft.node.NodeContext;
import io.flowcraft.node.NodeFunction;
import io.flowcraft.node.NodeRegistry;
import io.flowcraft.node.NodeResult;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class FlowBuilderTest {

  private static final NodeFunction NOOP = context -> NodeResult.none();

  private static NodeDefinition node(Flow flow, String id) {
    return flow.blueprint().node(id).orElseThrow();
  }

  @Test
  void takesFunctionsLifeCycleNodesAsyncFunctionsAndKeys() {
    Flow flow =
        Flow.named("order")
            .version("2")
            .node("lambda", context -> NodeResult.output(1))
            .node("reference", Payments::charge)
            .node("lifecycle", new Doubling())
            .nodeAsync("async", context -> CompletableFuture.completedStage(NodeResult.none()))
            .node("key", "registered")
            .build();

    assertThat(flow.id()).isEqualTo("order");
    assertThat(flow.blueprint().version()).isEqualTo("2");
    assertThat(flow.blueprint().nodes())
        .extracting(NodeDefinition::uses)
        .containsExactly(
            "order:lambda", "order:reference", "order:lifecycle", "order:async", "registered");
    assertThat(flow.registry().keys())
        .containsExactlyInAnyOrder(
            "order:lambda", "order:reference", "order:lifecycle", "order:async");
  }

  @Test
  void keepsEverySettingOfANode() {
    Retry retry = Retry.exponential(Duration.ofMillis(200)).maxAttempts(5);
    Flow flow =
        Flow.named("settings")
            .node(
                "charge",
                NOOP,
                n ->
                    n.retry(retry)
                        .timeout(Duration.ofSeconds(10))
                        .fallback("review")
                        .join(Join.any())
                        .input("order.total")
                        .param("currency", "EUR")
                        .params(Map.of("limit", 5)))
            .node("both", "echo", n -> n.inputs(Map.of("x", "charge")))
            .wait("review", n -> n.timeout(Duration.ofDays(2)))
            .build();

    NodeDefinition charge = node(flow, "charge");
    assertThat(charge.config().retry()).isEqualTo(retry);
    assertThat(charge.config().timeout()).isEqualTo(Duration.ofSeconds(10));
    assertThat(charge.config().fallback()).isEqualTo("review");
    assertThat(charge.config().join()).isEqualTo(Join.any());
    assertThat(charge.inputs()).isEqualTo(InputMapping.from("order.total"));
    assertThat(charge.params()).isEqualTo(Map.of("currency", "EUR", "limit", 5));
    assertThat(node(flow, "both").inputs()).isEqualTo(InputMapping.from(Map.of("x", "charge")));
    assertThat(node(flow, "review").uses()).isEqualTo(BuiltIns.WAIT);
    assertThat(node(flow, "review").params()).isEqualTo(Map.of("timeout", 172_800_000));
  }

  @Test
  void writesSleepsInTheFormThatJsonHas() {
    Flow flow =
        Flow.named("sleeps")
            .sleep("short", Duration.ofSeconds(1))
            .sleep("long", Duration.ofDays(60))
            .webhook("hook")
            .build();

    assertThat(node(flow, "short").params()).isEqualTo(Map.of("duration", 1_000));
    assertThat(node(flow, "long").params()).isEqualTo(Map.of("duration", 5_184_000_000L));
    assertThat(node(flow, "hook").uses()).isEqualTo(BuiltIns.WEBHOOK);
  }

  @Test
  void keepsSubflowsThatAreGivenAsFlows() {
    Flow child = Flow.named("child").node("a", NOOP).build();
    Flow flow =
        Flow.named("parent")
            .subflow(
                "first",
                child,
                s -> s.input("x", "total").output("y", "a").node(n -> n.retry(Retry.NONE)))
            .subflow("again", child)
            .subflow("other", "elsewhere")
            .build();

    assertThat(flow.children()).containsExactly(child);
    assertThat(node(flow, "first").uses()).isEqualTo(BuiltIns.SUBFLOW);
    assertThat(node(flow, "first").params())
        .isEqualTo(
            Map.of(
                "blueprintId",
                "child",
                "inputs",
                Map.of("x", "total"),
                "outputs",
                Map.of("y", "a")));
    assertThat(node(flow, "again").params()).isEqualTo(Map.of("blueprintId", "child"));
    assertThat(node(flow, "other").params()).isEqualTo(Map.of("blueprintId", "elsewhere"));
  }

  @Test
  void registersTheWorkerOfABatchUnderItsId() {
    Flow flow = Flow.named("b").batch("work", NOOP, b -> b.input("items").outputKey("out")).build();

    assertThat(node(flow, "work_scatter").params()).containsEntry("workerUsesKey", "b:work");
    assertThat(flow.registry().find("b:work")).contains(NOOP);
  }

  @Test
  void keepsImplementationsOfTwoFlowsApart() {
    assertThat(Flow.named("a:b").node("c", NOOP).build().registry().keys())
        .doesNotContainAnyElementsOf(Flow.named("a").node("b:c", NOOP).build().registry().keys());
  }

  @Test
  void leadsEdgesBetweenBatchesAndLoopsToBothEnds() {
    Flow flow =
        Flow.named("q61")
            .node("step", NOOP)
            .loop("again", "go", l -> l.start("step").end("step"))
            .batch("p", "double", b -> b.input("items"))
            .batch("q", "double", b -> b.input("p_gather"))
            .edge("again", "p")
            .edge("p", "q", e -> e.when("go"))
            .build();

    assertThat(flow.blueprint().edges())
        .containsExactly(
            EdgeDefinition.of("again", "p_scatter").on("break").transform("context[\"step\"]"),
            EdgeDefinition.of("p_gather", "q_scatter").when("go"),
            EdgeDefinition.of("step", "again"),
            EdgeDefinition.of("again", "step").on("continue").transform("context[\"step\"]"),
            EdgeDefinition.of("p_scatter", "p_gather"),
            EdgeDefinition.of("q_scatter", "q_gather"));
  }

  @Test
  void putsLoopsAndBatchesIntoLoops() {
    Flow flow =
        Flow.named("nested")
            .node("init", NOOP)
            .batch("work", "double", b -> b.input("items"))
            .node("step", NOOP)
            .loop("inner", "more", l -> l.start("step").end("step"))
            .loop("outer", "go", l -> l.start("work").end("inner"))
            .edge("init", "outer")
            .edge("work", "inner")
            .build();

    assertThat(flow.blueprint().edges())
        .contains(
            EdgeDefinition.of("inner", "outer").on("break").transform("context[\"step\"]"),
            EdgeDefinition.of("outer", "work_scatter")
                .on("continue")
                .transform("context[\"step\"]"));
  }

  @Test
  void namesTheEntryOfAFlowThatBeginsWithALoop() {
    FlowBuilder nested =
        Flow.named("entry")
            .node("o1", NOOP)
            .node("i1", NOOP)
            .node("o2", NOOP)
            .loop("inner", "more", l -> l.start("i1").end("i1"))
            .loop("outer", "go", l -> l.start("o1").end("o2"))
            .edge("o1", "inner")
            .edge("inner", "o2");

    assertThat(nested.build().blueprint().cycleEntryPoints()).containsExactly("o1");
    assertThat(nested.node("init", NOOP).edge("init", "outer").build().blueprint().metadata())
        .isEmpty();
  }

  @Test
  void keepsTheTransformOfALoopExit() {
    Flow flow =
        Flow.named("exit")
            .node("step", NOOP)
            .node("end", NOOP)
            .loop("again", "go", l -> l.start("step").end("step"))
            .edge("again", "end", e -> e.transform("context.total"))
            .build();

    assertThat(flow.blueprint().edges())
        .contains(EdgeDefinition.of("again", "end").on("break").transform("context.total"));
  }

  @Test
  void buildsTheSameAgainAndMoreLater() {
    FlowBuilder builder =
        Flow.named("twice")
            .batch("p", NOOP, b -> b.input("items"))
            .batch("q", NOOP, b -> b.input("p_gather"))
            .edge("p", "q");
    Flow first = builder.build();

    assertThat(builder.build()).isEqualTo(first);
    assertThat(builder.node("more", NOOP).build().blueprint().nodes()).hasSize(5);
    assertThat(first.blueprint().nodes()).hasSize(4);
  }

  @Test
  void wrapsABlueprintFromElsewhere() {
    NodeRegistry registry = NodeRegistry.empty().register("a", NOOP);
    Flow built = Flow.named("x").node("a", "a").build();

    assertThat(Flow.of(built.blueprint(), registry))
        .isEqualTo(new Flow(built.blueprint(), registry, List.of()));
  }

  private static final class Payments {
    static NodeResult charge(NodeContext context) {
      return NodeResult.output(context.nodeId());
    }
  }

  private static final class Doubling implements Node<Integer> {
    @Override
    public Integer prep(NodeContext context) {
      return context.input(Integer.class);
    }

    @Override
    public NodeResult exec(Integer prepared, NodeContext context) {
      return NodeResult.output(prepared * 2);
    }
  }
}
