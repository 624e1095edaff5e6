package io.flowcraft.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowcraft.blueprint.Join;
import io.flowcraft.flow.Flow;
import io.flowcraft.flow.FlowBuilder;
import io.flowcraft.node.NodeResult;
import io.flowcraft.run.NodeStatus;
import io.flowcraft.run.RunResult;
import io.flowcraft.run.RunStatus;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** When a node with several incoming edges starts. */
class JoinTest {

  /** What becomes of the node before an edge. */
  private enum Edge {
    TAKEN,
    SKIPPED,
    DEAD
  }

  private final Lab lab = new Lab();

  @AfterEach
  void close() {
    lab.close();
  }

  /** What the documentation says, in the words of the documentation. */
  private static NodeStatus expected(Join join, List<Edge> edges) {
    long taken = edges.stream().filter(edge -> edge == Edge.TAKEN).count();
    boolean dead = edges.contains(Edge.DEAD);
    boolean starts =
        switch (join.kind()) {
          case ALL -> taken > 0 && !dead;
          case ANY -> taken > 0;
          case AT_LEAST -> taken >= join.count();
          case EVERY -> taken == edges.size();
        };
    return starts ? NodeStatus.COMPLETED : NodeStatus.SKIPPED;
  }

  @TestFactory
  Stream<DynamicTest> everyCombinationOfTwoOrThreeEdges() {
    List<Join> joins = List.of(Join.all(), Join.any(), Join.every(), Join.atLeast(2));
    return joins.stream().flatMap(join -> combinations().map(edges -> test(join, edges)));
  }

  private static Stream<List<Edge>> combinations() {
    List<Edge> all = List.of(Edge.values());
    return Stream.concat(
        all.stream().flatMap(a -> all.stream().map(b -> List.of(a, b))),
        all.stream()
            .flatMap(a -> all.stream().flatMap(b -> all.stream().map(c -> List.of(a, b, c)))));
  }

  private DynamicTest test(Join join, List<Edge> edges) {
    return DynamicTest.dynamicTest(join.text() + " " + edges, () -> check(join, edges));
  }

  private void check(Join join, List<Edge> edges) {
    FlowBuilder builder =
        Flow.named(join.text() + edges)
            .node("begin", c -> NodeResult.none())
            .node("join", c -> NodeResult.output(c.inputs().size()), node -> node.join(join))
            .node("after", c -> NodeResult.output(c.input()))
            .edge("join", "after");
    for (int i = 0; i < edges.size(); i++) {
      Edge edge = edges.get(i);
      String id = "n" + i;
      builder
          .node(
              id,
              c -> {
                if (edge == Edge.DEAD) {
                  throw new IllegalStateException("dead");
                }
                return edge == Edge.TAKEN
                    ? NodeResult.output(id).withAction("go")
                    : NodeResult.action("elsewhere");
              })
          .edge("begin", id)
          .edge(id, "join", e -> e.on("go"));
    }

    RunResult result = lab.run(builder.build());

    NodeStatus expected = expected(join, edges);
    assertThat(result.nodes()).containsEntry("join", expected).containsEntry("after", expected);
    assertThat(result.status())
        .isEqualTo(edges.contains(Edge.DEAD) ? RunStatus.FAILED : RunStatus.COMPLETED);
    if (expected == NodeStatus.COMPLETED) {
      long taken = edges.stream().filter(e -> e == Edge.TAKEN).count();
      int delivered = (Integer) result.outputs().get("join");
      if (join.kind() == Join.Kind.ALL || join.kind() == Join.Kind.EVERY) {
        assertThat(delivered).isEqualTo((int) taken);
      } else {
        assertThat(delivered).isBetween(1, (int) taken);
      }
    }
  }
}
