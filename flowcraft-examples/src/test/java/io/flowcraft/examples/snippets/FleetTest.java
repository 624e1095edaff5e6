package io.flowcraft.examples.snippets;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowcraft.flow.Flow;
import io.flowcraft.node.NodeResult;
import io.flowcraft.run.RunHandle;
import io.flowcraft.run.RunOptions;
import io.flowcraft.run.RunResult;
import io.flowcraft.run.RunStatus;
import io.flowcraft.runtime.FlowRuntime;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FleetTest {

  private static final Map<String, String> IN_MEMORY =
      Map.of(
          "flowcraft.queue", "memory",
          "flowcraft.state", "memory",
          "flowcraft.coordination", "memory");

  // snippet:fleet
  static FlowRuntime open(Map<String, String> properties) {
    return FlowRuntime.builder()
        .properties(properties)
        .flow(
            Flow.named("invoice")
                .node("total", ctx -> NodeResult.output(40 + 2))
                .node("print", ctx -> NodeResult.output("to pay: " + ctx.input()))
                .edge("total", "print")
                .build())
        .build();
  }

  // end:fleet

  @Test
  void fleet() {
    try (FlowRuntime here = open(IN_MEMORY)) {
      // On embedded backends there is nobody else.
      FlowRuntime there = here;
      // snippet:fleet-use
      RunHandle run = here.start("invoice", Map.of(), RunOptions.runId("invoice-2026-17"));

      RunResult result = there.handle("invoice-2026-17").await(Duration.ofSeconds(30));
      System.out.println(result.output("print", String.class).orElseThrow());
      // end:fleet-use
      assertThat(run.await(Duration.ofSeconds(30)).status()).isEqualTo(RunStatus.COMPLETED);
      assertThat(result.output("print", String.class)).contains("to pay: 42");
    }
  }
}
