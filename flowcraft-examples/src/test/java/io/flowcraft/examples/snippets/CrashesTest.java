package io.flowcraft.examples.snippets;

import static io.flowcraft.testkit.FlowAssertions.assertThat;

import io.flowcraft.flow.Flow;
import io.flowcraft.node.NodeContext;
import io.flowcraft.node.NodeResult;
import io.flowcraft.run.Resume;
import io.flowcraft.testkit.CrashEverywhere;
import io.flowcraft.testkit.FlowTester;
import io.flowcraft.testkit.FlowcraftExtension;
import io.flowcraft.testkit.Simulate;
import io.flowcraft.testkit.TestRun;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.ExtendWith;

class CrashesTest {

  // snippet:crash-bank
  static class Bank {

    private final Set<String> seen = new HashSet<>();
    private int balance;

    void pay(int amount) {
      balance += amount;
    }

    void payOnce(String key, int amount) {
      if (seen.add(key)) {
        pay(amount);
      }
    }

    int balance() {
      return balance;
    }
  }

  // end:crash-bank

  /** Not run with the other tests, as it fails. */
  // snippet:crash-buggy
  @ExtendWith(FlowcraftExtension.class)
  static class OrderTest {

    final Bank bank = new Bank();

    final Flow order =
        Flow.named("order")
            .node("price", ctx -> NodeResult.output(ctx.context().get("total")))
            .node("charge", this::charge)
            .wait("review")
            .node("ship", ctx -> NodeResult.output("shipped"))
            .edge("price", "charge")
            .edge("charge", "review")
            .edge("review", "ship")
            .build();

    NodeResult charge(NodeContext ctx) {
      bank.pay(ctx.input(Integer.class));
      return NodeResult.output("charged");
    }

    @CrashEverywhere
    void survivesAnyCrash(FlowTester flows) {
      flows.compare("account", bank::balance);

      TestRun run = flows.start(order, Map.of("total", 50));
      assertThat(run).isAwaiting("review");
      run.resume("review", Resume.empty());

      assertThat(run).isCompleted().hasOutput("ship", "shipped");
    }
  }

  // end:crash-buggy

  @ExtendWith(FlowcraftExtension.class)
  @Nested
  class FixedOrderTest {

    final Bank bank = new Bank();

    final Flow order =
        Flow.named("order")
            .node("price", ctx -> NodeResult.output(ctx.context().get("total")))
            .node("charge", this::charge)
            .wait("review")
            .sleep("night", Duration.ofHours(8))
            .node("ship", ctx -> NodeResult.output("shipped"))
            .edge("price", "charge")
            .edge("charge", "review")
            .edge("review", "night")
            .edge("night", "ship")
            .build();

    // snippet:crash-fixed
    NodeResult charge(NodeContext ctx) {
      bank.payOnce(ctx.idempotencyKey(), ctx.input(Integer.class));
      return NodeResult.output("charged");
    }

    // end:crash-fixed

    @CrashEverywhere
    void survivesAnyCrash(FlowTester flows) {
      flows.compare("account", bank::balance);

      TestRun run = flows.start(order, Map.of("total", 50));
      assertThat(run).isAwaiting("review");
      run.resume("review", Resume.empty());
      flows.advance(Duration.ofHours(8));

      assertThat(run).isCompleted().hasOutput("ship", "shipped");
    }

    // snippet:crash-simulate
    @Simulate(seeds = 200)
    void comesOutTheSameUnderAnySchedule(FlowTester flows) {
      flows.compare("account", bank::balance);

      TestRun run = flows.start(order, Map.of("total", 50));
      run.resume("review", Resume.empty());
      flows.advance(Duration.ofDays(1));

      assertThat(run).isCompleted().hasOutput("ship", "shipped");
    }
    // end:crash-simulate
  }
}
