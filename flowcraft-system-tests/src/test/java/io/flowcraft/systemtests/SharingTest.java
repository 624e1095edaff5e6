package io.flowcraft.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowcraft.flow.Flow;
import io.flowcraft.node.NodeContext;
import io.flowcraft.node.NodeResult;
import io.flowcraft.run.RunStatus;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two branches of which each waits until the other one runs, and no process may run two. */
class SharingTest {

  @ParameterizedTest
  @EnumSource(value = Stack.class, mode = EnumSource.Mode.EXCLUDE, names = "IN_MEMORY")
  void branchesOfARunAreSharedByProcesses(Stack stack) {
    Flow flow =
        Flow.named("shared")
            .node("from", Nodes.OWN_ID)
            .node("left", c -> meets(c.dependency(Marks.class), "left", "right", c))
            .node("right", c -> meets(c.dependency(Marks.class), "right", "left", c))
            .node("join", Nodes.INPUTS)
            .edge("from", "left")
            .edge("from", "right")
            .edge("left", "join")
            .edge("right", "join")
            .build();
    try (Crew crew = new Crew(stack, Crews.space("sharing"), builder -> builder.maxInFlight(1))) {
      Play play = new Play(crew, flow);
      play.start();
      Observed seen = play.rest();

      assertThat(seen.status()).isEqualTo(RunStatus.COMPLETED);
      assertThat(seen.outputs().get("join")).isIn(both(0, 1), both(1, 0));
    }
  }

  private static Map<String, Integer> both(int left, int right) {
    return Map.of("left", left, "right", right);
  }

  private static NodeResult meets(Marks marks, String here, String there, NodeContext c) {
    marks.reach(here);
    marks.await(there);
    return NodeResult.output(c.dependency(Integer.class));
  }
}
