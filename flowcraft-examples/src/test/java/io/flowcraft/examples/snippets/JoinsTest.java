package io.flowcraft.examples.snippets;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowcraft.blueprint.Join;
import io.flowcraft.flow.Flow;
import io.flowcraft.node.NodeResult;
import io.flowcraft.run.NodeStatus;
import io.flowcraft.run.RunResult;
import io.flowcraft.runtime.FlowRuntime;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JoinsTest {

  private static RunResult run(Flow flow, Map<String, Object> input) {
    try (FlowRuntime runtime = FlowRuntime.builder().flow(flow).build()) {
      return runtime.run(flow, input);
    }
  }

  @Test
  void actionsAndConditions() {
    // snippet:actions
    Flow flow =
        Flow.named("letter")
            .node("check", ctx -> NodeResult.output(Map.of("weight", 70)).withAction("valid"))
            .node("reject", ctx -> NodeResult.output("returned"))
            .node("stamp", ctx -> NodeResult.output("stamped"))
            .node("insure", ctx -> NodeResult.output("insured"))
            .edge("check", "reject", e -> e.on("invalid"))
            .edge("check", "stamp", e -> e.on("valid"))
            .edge("check", "insure", e -> e.on("valid").when("result.output.precious"))
            .build();
    // end:actions
    RunResult result = run(flow, Map.of());
    assertThat(result.nodes())
        .containsEntry("stamp", NodeStatus.COMPLETED)
        .containsEntry("reject", NodeStatus.SKIPPED)
        .containsEntry("insure", NodeStatus.SKIPPED);
  }

  @Test
  void merging() {
    // snippet:merge
    Flow flow =
        Flow.named("parcel")
            .node("weigh", ctx -> NodeResult.output(12).withAction("heavy"))
            .node("lorry", ctx -> NodeResult.output("by lorry"))
            .node("bicycle", ctx -> NodeResult.output("by bicycle"))
            .node("deliver", ctx -> NodeResult.output("delivered " + ctx.input()))
            .edge("weigh", "lorry", e -> e.on("heavy"))
            .edge("weigh", "bicycle", e -> e.on("light"))
            .edge("lorry", "deliver")
            .edge("bicycle", "deliver")
            .build();
    // end:merge
    RunResult result = run(flow, Map.of());
    assertThat(result.output("deliver", String.class)).contains("delivered by lorry");
    assertThat(result.nodes()).containsEntry("bicycle", NodeStatus.SKIPPED);
  }

  @Test
  void rules() {
    // snippet:join-rules
    Flow flow =
        Flow.named("quotes")
            .node("a", ctx -> NodeResult.output(30))
            .node("b", ctx -> NodeResult.output(20))
            .node("c", ctx -> NodeResult.output(25))
            .node("fastest", ctx -> NodeResult.output(ctx.inputs()), n -> n.join(Join.any()))
            .node("two", ctx -> NodeResult.output(ctx.inputs()), n -> n.join(Join.atLeast(2)))
            .node("everybody", ctx -> NodeResult.output(ctx.inputs()), n -> n.join(Join.every()))
            .edge("a", "fastest")
            .edge("b", "fastest")
            .edge("a", "two")
            .edge("b", "two")
            .edge("c", "two")
            .edge("a", "everybody")
            .edge("b", "everybody")
            .edge("c", "everybody")
            .build();
    // end:join-rules
    RunResult result = run(flow, Map.of());
    assertThat(result.outputs().get("everybody")).isEqualTo(Map.of("a", 30, "b", 20, "c", 25));
  }

  @Test
  void inputs() {
    // snippet:inputs
    Flow flow =
        Flow.named("invoice")
            .node("customer", ctx -> NodeResult.output(Map.of("name", "Ada", "discount", 10)))
            .node("goods", ctx -> NodeResult.output(200))
            .node(
                "invoice",
                ctx -> NodeResult.output(ctx.input()),
                n -> n.inputs(Map.of("percent", "customer.discount", "amount", "goods")))
            .node("copy", ctx -> NodeResult.output(ctx.inputs()))
            .edge("customer", "invoice")
            .edge("goods", "invoice")
            .edge("customer", "copy", e -> e.transform("input.name"))
            .edge("goods", "copy")
            .build();
    // end:inputs
    RunResult result = run(flow, Map.of());
    assertThat(result.outputs().get("invoice")).isEqualTo(Map.of("percent", 10, "amount", 200));
    assertThat(result.outputs().get("copy")).isEqualTo(Map.of("customer", "Ada", "goods", 200));
  }
}
