package io.flowcraft.examples.snippets;

import static io.flowcraft.testkit.FlowAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.flowcraft.blueprint.Retry;
import io.flowcraft.flow.Flow;
import io.flowcraft.node.NodeContext;
import io.flowcraft.node.NodeResult;
import io.flowcraft.run.Resume;
import io.flowcraft.testkit.FlowTester;
import io.flowcraft.testkit.FlowcraftExtension;
import io.flowcraft.testkit.NodeDouble;
import io.flowcraft.testkit.NodeDoubles;
import io.flowcraft.testkit.TestRun;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

class TestingTest {

  static NodeResult charge(NodeContext context) {
    return NodeResult.output("charged " + context.input());
  }

  // snippet:test-flow
  static final Flow SUBSCRIPTION =
      Flow.named("subscription")
          .node("order", ctx -> NodeResult.output(ctx.context().get("price")))
          .sleep("trial", Duration.ofDays(30))
          .node(
              "charge",
              TestingTest::charge,
              n -> n.retry(Retry.exponential(Duration.ofHours(1))).fallback("call"))
          .wait("call")
          .node("thank", ctx -> NodeResult.output("thanks for " + ctx.input()))
          .edge("order", "trial")
          .edge("trial", "charge")
          .edge("charge", "thank")
          .build();

  // end:test-flow

  @Nested
  // snippet:test-first
  @ExtendWith(FlowcraftExtension.class)
  class SubscriptionTest {

    @Test
    void chargesAfterTheTrial(FlowTester flows) {
      flows.replace("charge", NodeDoubles.returning(9));

      TestRun run = flows.start(SUBSCRIPTION, Map.of("price", 9));
      assertThat(run).isAwaiting("trial").hasCompleted("order");

      flows.advance(Duration.ofDays(30));
      assertThat(run).isCompleted().hasOutput("thank", "thanks for 9").skipped("call");
    }
  }

  // end:test-first

  @ExtendWith(FlowcraftExtension.class)
  @Nested
  class MoreTests {

    // snippet:test-doubles
    @Test
    void triesAgainAnHourLater(FlowTester flows) {
      NodeDouble charge = NodeDoubles.failing(1, 9);
      flows.replace("charge", charge);

      TestRun run = flows.start(SUBSCRIPTION, Map.of("price", 9));
      flows.advance(Duration.ofDays(30));
      assertThat(charge.calls()).hasSize(1);

      flows.advance(Duration.ofHours(1));
      assertThat(charge.lastCall().attempt()).isEqualTo(2);
      assertThat(charge.lastCall().input()).isEqualTo(9);
      assertThat(run).isCompleted().inOrder("order", "charge", "thank");
    }

    // end:test-doubles

    // snippet:test-resume
    @Test
    void callsWhenNothingHelps(FlowTester flows) {
      flows.replace("charge", NodeDoubles.failing(new IOException("card expired")));

      TestRun run = flows.start(SUBSCRIPTION, Map.of("price", 9));
      flows.advance(Duration.ofDays(31));
      assertThat(run).isAwaiting("call").replaced("charge");

      run.resume("call", Resume.with("cash"));
      assertThat(run).isCompleted().hasOutput("thank", "thanks for cash");
    }

    // end:test-resume

    // snippet:test-step
    @Test
    void goesStepByStep(FlowTester flows) {
      TestRun run = flows.startPaused(SUBSCRIPTION, Map.of("price", 9));

      assertThat(run.step()).contains("order");
      assertThat(run.step()).contains("trial");
      assertThat(run.step()).isEmpty();
      System.out.println(run.trace());
    }

    // end:test-step
  }
}
