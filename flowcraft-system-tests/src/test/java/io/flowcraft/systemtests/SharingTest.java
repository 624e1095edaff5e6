package io.flowcraft.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowcraft.flow.Flow;
import io.flowcraft.flow.FlowBuilder;
import io.flowcraft.node.NodeFunction;
import io.flowcraft.node.NodeResult;
import io.flowcraft.run.RunStatus;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** So many branches that no process gets all of them, and no process may have two at a time. */
class SharingTest {

  private static final int BRANCHES = 16;
  private static final NodeFunction PROCESS =
      context -> NodeResult.output(context.dependency(Integer.class));

  @ParameterizedTest
  @EnumSource(value = Stack.class, mode = EnumSource.Mode.EXCLUDE, names = "IN_MEMORY")
  void branchesOfARunAreSharedByProcesses(Stack stack) {
    FlowBuilder flow = Flow.named("shared").node("from", Nodes.OWN_ID).node("join", Nodes.INPUTS);
    for (int i = 0; i < BRANCHES; i++) {
      flow.node("branch" + i, PROCESS).edge("from", "branch" + i).edge("branch" + i, "join");
    }
    try (Crew crew = new Crew(stack, Crews.space("sharing"), builder -> builder.maxInFlight(1))) {
      Play play = new Play(crew, flow.build());
      play.start();
      Observed seen = play.rest();

      assertThat(seen.status()).isEqualTo(RunStatus.COMPLETED);
      Map<?, ?> ran = (Map<?, ?>) seen.outputs().get("join");
      assertThat(ran).hasSize(BRANCHES);
      assertThat(new HashSet<Object>(ran.values())).isEqualTo(Set.of(0, 1));
    }
  }
}
