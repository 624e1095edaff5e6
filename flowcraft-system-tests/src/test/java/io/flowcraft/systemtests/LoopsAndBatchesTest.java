package io.flowcraft.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowcraft.flow.Flow;
import io.flowcraft.node.NodeContext;
import io.flowcraft.node.NodeResult;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The same nodes again and again: in turn, or at once. */
class LoopsAndBatchesTest extends Suite {

  @ParameterizedTest
  @EnumSource(Stack.class)
  void aLoopRunsUntilItsConditionFails(Stack stack) {
    Flow flow =
        Flow.named("loop")
            .node("body", c -> next(c, "n", 5))
            .node("second", c -> NodeResult.output(c.context().get("n")))
            .node("after", c -> NodeResult.output(c.context().get("n")))
            .loop("again", "nMore", l -> l.start("body").end("second"))
            .edge("body", "second")
            .edge("again", "after")
            .build();

    assertThat(completes(stack, flow).outputs())
        .containsEntry("after", 5)
        .containsEntry("body", 5)
        .containsEntry("second", 5);
  }

  @ParameterizedTest
  @EnumSource(Stack.class)
  void aLoopWithBranchesInsideJoinsThemInEachIteration(Stack stack) {
    Flow flow =
        Flow.named("loop-fan")
            .node("body", c -> next(c, "n", 3))
            .node("left", Nodes.ECHO)
            .node("right", Nodes.ECHO)
            .node("join", Nodes.INPUTS)
            .node("after", Nodes.ECHO)
            .loop("again", "nMore", l -> l.start("body").end("join"))
            .edge("body", "left")
            .edge("body", "right")
            .edge("left", "join")
            .edge("right", "join")
            .edge("again", "after")
            .build();

    assertThat(completes(stack, flow).outputs())
        .containsEntry("join", Map.of("left", 3, "right", 3));
  }

  @ParameterizedTest
  @EnumSource(Stack.class)
  void loopsRunInLoops(Stack stack) {
    Flow flow =
        Flow.named("nested")
            .node(
                "begin",
                c -> {
                  c.context().set("inner", 0);
                  c.context().set("innerMore", true);
                  return NodeResult.none();
                })
            .node(
                "inside",
                c -> {
                  next(c, "all", 1_000);
                  return next(c, "inner", 3);
                })
            .node("end", c -> next(c, "outer", 3))
            .node("after", c -> NodeResult.output(c.context().get("all")))
            .loop("rows", "innerMore", l -> l.start("inside").end("inside"))
            .loop("pages", "outerMore", l -> l.start("begin").end("end"))
            .edge("begin", "rows")
            .edge("rows", "end")
            .edge("pages", "after")
            .build();

    assertThat(completes(stack, flow).outputs()).containsEntry("after", 9);
  }

  private static NodeResult next(NodeContext c, String what, int limit) {
    int next = c.context().get(what) instanceof Number n ? n.intValue() + 1 : 1;
    c.context().set(what, next);
    c.context().set(what + "More", next < limit);
    return NodeResult.output(next);
  }

  @ParameterizedTest
  @EnumSource(Stack.class)
  void aBatchKeepsTheOrderOfItsItems(Stack stack) {
    Flow flow = batch("batch", 50, 0);

    assertThat(completes(stack, flow).outputs()).containsEntry("after", doubled(50));
  }

  @ParameterizedTest
  @EnumSource(Stack.class)
  void aThousandItemsInChunks(Stack stack) {
    Flow flow = batch("chunks", 1_000, 50);

    assertThat(completes(stack, flow).outputs()).containsEntry("after", doubled(1_000));
  }

  private static Flow batch(String name, int items, int chunk) {
    return Flow.named(name)
        .node("rows", c -> NodeResult.output(IntStream.range(0, items).boxed().toList()))
        .batch(
            "each",
            c -> NodeResult.output(c.input(Integer.class) * 2),
            batch -> {
              batch.input("rows");
              if (chunk > 0) {
                batch.chunkSize(chunk);
              }
            })
        .node("after", Nodes.ECHO)
        .edge("rows", "each")
        .edge("each", "after")
        .build();
  }

  private static List<Integer> doubled(int items) {
    return IntStream.range(0, items).mapToObj(i -> 2 * i).toList();
  }
}
