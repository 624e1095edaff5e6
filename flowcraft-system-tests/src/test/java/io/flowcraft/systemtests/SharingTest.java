package io.flowcraft.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowcraft.flow.Flow;
import io.flowcraft.flow.FlowBuilder;
import io.flowcraft.node.NodeFunction;
import io.flowcraft.node.NodeResult;
import io.flowcraft.run.RunOptions;
import io.flowcraft.run.RunResult;
import io.flowcraft.run.RunStatus;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Many branches, of which no process may have two at a time. */
class SharingTest {

  private static final int BRANCHES = 16;
  private static final int MOST_RUNS = 500;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final NodeFunction PROCESS =
      context -> NodeResult.output(context.dependency(Integer.class));

  @ParameterizedTest
  @EnumSource(value = Stack.class, mode = EnumSource.Mode.EXCLUDE, names = "IN_MEMORY")
  void branchesOfARunAreSharedByProcesses(Stack stack) {
    FlowBuilder flow = Flow.named("shared").node("from", Nodes.OWN_ID).node("join", Nodes.INPUTS);
    for (int i = 0; i < BRANCHES; i++) {
      flow.node("branch" + i, PROCESS).edge("from", "branch" + i).edge("branch" + i, "join");
    }
    Flow shared = flow.build();
    Set<Object> ran = new HashSet<>();
    try (Crew crew = new Crew(stack, Crews.space("sharing"), builder -> builder.maxInFlight(1))) {
      crew.learn(shared);
      // As long as one of them has not joined the group, the other one gets everything.
      for (int run = 0; run < MOST_RUNS && ran.size() < 2; run++) {
        RunResult result =
            crew.first().start(shared, Map.of(), RunOptions.runId("r" + run)).await(PATIENCE);
        assertThat(result.status()).isEqualTo(RunStatus.COMPLETED);
        Map<?, ?> processes = result.output("join", Map.class).orElseThrow();
        assertThat(processes).hasSize(BRANCHES);
        ran = new HashSet<>(processes.values());
      }
    }
    assertThat(ran).isEqualTo(Set.of(0, 1));
  }
}
