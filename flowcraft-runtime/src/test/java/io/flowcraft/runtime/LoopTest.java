package io.flowcraft.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowcraft.blueprint.Blueprint;
import io.flowcraft.blueprint.BuiltIns;
import io.flowcraft.blueprint.EdgeDefinition;
import io.flowcraft.blueprint.Join;
import io.flowcraft.blueprint.NodeConfig;
import io.flowcraft.blueprint.NodeDefinition;
import io.flowcraft.error.ErrorCode;
import io.flowcraft.flow.Flow;
import io.flowcraft.node.NodeContext;
import io.flowcraft.node.NodeFunction;
import io.flowcraft.node.NodeRegistry;
import io.flowcraft.node.NodeResult;
import io.flowcraft.run.NodeStatus;
import io.flowcraft.run.RunResult;
import io.flowcraft.run.RunStatus;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Nodes that run once per iteration. */
class LoopTest {

  private final Tally tally = new Tally();
  private final Lab lab = new Lab();

  @AfterEach
  void close() {
    lab.close();
  }

  private static int number(NodeContext context, String key) {
    return context.context().get(key) instanceof Number number ? number.intValue() : 0;
  }

  /** Counts up to a limit, and says whether to go on. */
  private NodeFunction counter(String key, int limit) {
    return context -> {
      int count = number(context, key) + 1;
      tally.note(context.nodeId() + " " + count);
      context.context().set(key, count);
      context.context().set(key + "More", count < limit);
      return NodeResult.output(count);
    };
  }

  @Test
  void aLoopRunsItsBodyUntilTheConditionFails() {
    Flow flow =
        Flow.named("flow")
            .node("begin", tally.node())
            .node("body", counter("n", 4))
            .loop("loop", "nMore", l -> l.start("body").end("body"))
            .node("end", tally.echo())
            .edge("begin", "body")
            .edge("loop", "end")
            .build();

    RunResult result = lab.run(flow);

    assertThat(result.status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(tally.ran()).containsExactly("begin", "body 1", "body 2", "body 3", "body 4", "end");
    assertThat(result.outputs()).containsEntry("end", 4);
  }

  /** A loop with the controller in front of its body. */
  private Flow headed(int iterations) {
    Blueprint blueprint =
        new Blueprint(
            "headed" + iterations,
            List.of(
                NodeDefinition.of("begin", "begin"),
                new NodeDefinition("loop", BuiltIns.LOOP_CONTROLLER, Map.of("condition", "nMore"))
                    .withConfig(NodeConfig.DEFAULT.withJoin(Join.any())),
                NodeDefinition.of("body", "body"),
                NodeDefinition.of("end", "end")),
            List.of(
                EdgeDefinition.of("begin", "loop"),
                EdgeDefinition.of("loop", "body").on("continue"),
                EdgeDefinition.of("body", "loop"),
                EdgeDefinition.of("loop", "end").on("break")));
    NodeRegistry registry =
        NodeRegistry.empty()
            .register(
                "begin",
                c -> {
                  c.context().set("nMore", iterations > 0);
                  return null;
                })
            .register("body", counter("n", iterations))
            .register("end", tally.node());
    return Flow.of(blueprint, registry);
  }

  @Test
  void aLoopMayHaveNoIterationAtAll() {
    RunResult result = lab.run(headed(0));

    assertThat(result.status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(tally.ran()).containsExactly("end");
    assertThat(result.nodes()).containsEntry("body", NodeStatus.SKIPPED);
  }

  @Test
  void aControllerInFrontDecidesBeforeEachIteration() {
    RunResult result = lab.run(headed(3));

    assertThat(result.status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(tally.ran()).containsExactly("body 1", "body 2", "body 3", "end");
  }

  @Test
  void loopsNest() {
    Flow flow =
        Flow.named("flow")
            .node(
                "outer",
                c -> {
                  c.context().set("inner", 0);
                  return counter("outer", 3).run(c);
                })
            .node("inner", counter("inner", 2))
            .loop("innerLoop", "innerMore", l -> l.start("inner").end("inner"))
            .node(
                "tail",
                c -> {
                  tally.note("tail " + c.iteration());
                  return null;
                })
            .loop("outerLoop", "outerMore", l -> l.start("outer").end("tail"))
            .node("end", tally.node())
            .edge("outer", "inner")
            .edge("innerLoop", "tail")
            .edge("outerLoop", "end")
            .build();

    RunResult result = lab.run(flow);

    assertThat(result.status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(tally.ran())
        .filteredOn(text -> !text.startsWith("tail"))
        .containsExactly(
            "outer 1", "inner 1", "inner 2", "outer 2", "inner 1", "inner 2", "outer 3", "inner 1",
            "inner 2", "end");
    assertThat(tally.ran())
        .filteredOn(text -> text.startsWith("tail"))
        .hasSize(3)
        .doesNotHaveDuplicates();
  }

  @Test
  void joinsInTheBodyJoinWithinTheIteration() {
    Flow flow =
        Flow.named("flow")
            .node("fork", counter("n", 3))
            .node("left", c -> NodeResult.output("l" + c.input()))
            .node("right", c -> NodeResult.output("r" + c.input()))
            .node(
                "join",
                c -> {
                  tally.note(c.inputs().toString());
                  return NodeResult.none();
                })
            .loop("loop", "nMore", l -> l.start("fork").end("join"))
            .node("end", tally.node())
            .edge("fork", "left")
            .edge("fork", "right")
            .edge("left", "join")
            .edge("right", "join")
            .edge("loop", "end")
            .build();

    lab.run(flow);

    assertThat(tally.ran())
        .containsExactly(
            "fork 1",
            "{left=l1, right=r1}",
            "fork 2",
            "{left=l2, right=r2}",
            "fork 3",
            "{left=l3, right=r3}",
            "end");
  }

  @Test
  void aBranchOutOfTheBodyLeavesTheLoopEarly() {
    Flow flow =
        Flow.named("flow")
            .node(
                "body",
                c -> {
                  NodeResult result = counter("n", 100).run(c);
                  return number(c, "n") == 3 ? result.withAction("found") : result;
                })
            .node("next", tally.node())
            .loop("loop", "nMore", l -> l.start("body").end("next"))
            .node("found", tally.echo())
            .node("end", tally.node())
            .edge("body", "next")
            .edge("body", "found", edge -> edge.on("found"))
            .edge("loop", "end")
            .build();

    RunResult result = lab.run(flow);

    assertThat(result.status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(tally.ran()).containsExactly("body 1", "next", "body 2", "next", "body 3", "found");
    assertThat(result.outputs()).containsEntry("found", 3);
    assertThat(result.nodes()).containsEntry("end", NodeStatus.SKIPPED);
  }

  @Test
  void aSideBranchOfTheBodyRunsInEveryIteration() {
    Flow flow =
        Flow.named("flow")
            .node("body", counter("n", 3))
            .node(
                "log",
                c -> {
                  tally.note("log " + c.input());
                  return null;
                })
            .node("next", c -> null)
            .loop("loop", "nMore", l -> l.start("body").end("next"))
            .node("end", tally.node())
            .edge("body", "next")
            .edge("body", "log")
            .edge("loop", "end")
            .build();

    RunResult result = lab.run(flow);

    assertThat(result.status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(tally.ran()).contains("log 1", "log 2", "log 3", "end");
  }

  @Test
  void aConditionalPathInTheBodyIsDecidedInEveryIteration() {
    Flow flow =
        Flow.named("flow")
            .node(
                "body",
                c -> {
                  NodeResult result = counter("n", 4).run(c);
                  return result.withAction(number(c, "n") % 2 == 0 ? "even" : "odd");
                })
            .node("even", tally.node())
            .node("odd", tally.node())
            .node("join", c -> null)
            .loop("loop", "nMore", l -> l.start("body").end("join"))
            .node("end", tally.node())
            .edge("body", "even", edge -> edge.on("even"))
            .edge("body", "odd", edge -> edge.on("odd"))
            .edge("even", "join")
            .edge("odd", "join")
            .edge("loop", "end")
            .build();

    RunResult result = lab.run(flow);

    assertThat(result.status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(tally.ran())
        .containsExactly(
            "body 1", "odd", "body 2", "even", "body 3", "odd", "body 4", "even", "end");
  }

  @Test
  void aFailureInTheBodyEndsTheLoop() {
    Flow flow =
        Flow.named("flow")
            .node(
                "body",
                c -> {
                  NodeResult result = counter("n", 5).run(c);
                  if (number(c, "n") == 3) {
                    throw new IllegalStateException("third");
                  }
                  return result;
                })
            .loop("loop", "nMore", l -> l.start("body").end("body"))
            .node("end", tally.node())
            .edge("loop", "end")
            .build();

    RunResult result = lab.run(flow);

    assertThat(result.status()).isEqualTo(RunStatus.FAILED);
    assertThat(result.nodes()).containsEntry("end", NodeStatus.SKIPPED);
  }

  @Test
  void aCycleWithoutControllerRunsAsOftenAsItIsTaken() {
    Flow flow =
        Flow.named("flow")
            .node("begin", tally.node())
            .node("work", counter("n", 3), node -> node.join(Join.any()))
            .node(
                "check",
                c ->
                    NodeResult.action(
                        Boolean.TRUE.equals(c.context().get("nMore")) ? "again" : "ok"))
            .node("end", tally.node())
            .edge("begin", "work")
            .edge("work", "check")
            .edge("check", "work", edge -> edge.on("again"))
            .edge("check", "end", edge -> edge.on("ok"))
            .build();

    RunResult result = lab.run(flow);

    assertThat(result.status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(tally.ran()).containsExactly("begin", "work 1", "work 2", "work 3", "end");
  }

  @Test
  void anEndlessLoopFailsAndKeepsWhatItHas() {
    Flow flow =
        Flow.named("flow")
            .node("body", counter("n", Integer.MAX_VALUE))
            .loop("loop", "nMore", l -> l.start("body").end("body"))
            .node("end", tally.node())
            .edge("loop", "end")
            .build();
    try (Lab small =
        new Lab(
            builder ->
                builder.limits(new RuntimeLimits(RuntimeLimits.DEFAULT.values(), 50, 10, 3)))) {
      RunResult result = small.run(flow);

      assertThat(result.status()).isEqualTo(RunStatus.FAILED);
      assertThat(result.errors())
          .singleElement()
          .satisfies(
              error -> {
                assertThat(error.code()).isEqualTo(ErrorCode.ITERATION_LIMIT);
                assertThat(error.message()).contains("50");
              });
      assertThat(result.context()).containsEntry("n", 50);
    }
  }

  @Test
  void aLongLoopIsNoProblem() {
    Flow flow =
        Flow.named("flow")
            .node(
                "body",
                c -> {
                  int n = number(c, "n") + 1;
                  c.context().set("n", n);
                  c.context().set("more", n < 9_999);
                  return NodeResult.output(n);
                })
            .loop("loop", "more", l -> l.start("body").end("body"))
            .node("end", c -> NodeResult.output(c.context().get("n")))
            .edge("loop", "end")
            .build();

    assertThat(lab.run(flow).outputs()).containsEntry("end", 9_999);
  }
}
