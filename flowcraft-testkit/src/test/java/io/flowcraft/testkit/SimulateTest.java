package io.flowcraft.testkit;

import static io.flowcraft.testkit.FlowAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.flowcraft.blueprint.Retry;
import io.flowcraft.error.FlowcraftException;
import io.flowcraft.flow.Flow;
import io.flowcraft.node.NodeResult;
import io.flowcraft.run.Resume;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SimulateTest {

  /** Counts each thing once, whoever says it again. */
  private final Map<String, Integer> bank = new TreeMap<>();

  @Simulate(seeds = 300)
  void waitsAndSleepsComeOutTheSame(FlowTester flows) {
    Flow flow =
        Flow.named("patient")
            .node("order", c -> NodeResult.output(10))
            .wait("review")
            .sleep("night", Duration.ofDays(30))
            .node(
                "charge",
                c -> {
                  bank.put(c.idempotencyKey(), 10);
                  return NodeResult.output("charged");
                })
            .edge("order", "review")
            .edge("review", "night")
            .edge("night", "charge")
            .build();
    flows.compare("bank", bank::values);

    TestRun run = flows.start(flow, Map.of());
    assertThat(run).isAwaiting("review").hasCompleted("order");
    run.resume("review", Resume.with(10));
    assertThat(run).isAwaiting("night");
    flows.advance(Duration.ofDays(29));
    assertThat(run).isAwaiting("night");
    flows.advance(Duration.ofDays(1));

    assertThat(run).isCompleted().ran("charge", 1).inOrder("order", "charge");
  }

  @Simulate(seeds = 100)
  void retriesAndSubWorkflowsComeOutTheSame(FlowTester flows) {
    Flow child =
        Flow.named("child")
            .node(
                "weak",
                NodeDoubles.failing(1, "at last"),
                n -> n.retry(Retry.fixed(Duration.ofMinutes(1))))
            .wait("ask")
            .edge("weak", "ask")
            .build();
    Flow flow =
        Flow.named("parent")
            .node("begin", c -> NodeResult.output(1))
            .subflow("part", child)
            .node("end", c -> NodeResult.output(2))
            .edge("begin", "part")
            .edge("part", "end")
            .build();

    TestRun run = flows.start(flow, Map.of());
    flows.advance(Duration.ofHours(1));
    assertThat(run).isAwaiting("part");
    run.resume("part", Resume.with("yes"));

    assertThat(run).isCompleted().hasOutput("end", 2);
  }

  @Simulate(seeds = 100)
  void sagasComeOutTheSame(FlowTester flows) {
    Flow flow =
        Flow.named("saga")
            .node("book", c -> NodeResult.output(c.idempotencyKey()), n -> n.compensate("cancel"))
            .node(
                "fail",
                c -> {
                  throw FlowcraftException.failure("no");
                })
            .node(
                "cancel",
                c -> {
                  bank.put(String.valueOf(c.input()), 1);
                  return NodeResult.none();
                })
            .edge("book", "fail")
            .build();
    flows.compare("bank", bank::values);

    assertThat(flows.start(flow, Map.of())).isFailed();
  }

  @Test
  void aNodeThatIsNotIdempotentIsFound() {
    RepeatedTest test = RepeatedTest.of(Careless.class, "charges");

    assertThat(test.failures()).hasSize(2);
    assertThat(test.failures().get(0)).contains("Seed ").contains("fails");
    assertThat(test.failures().get(1))
        .contains("compared value 'balance' is 20 instead of 10")
        .contains("node 'charge' of run-1, twice instead of once")
        .contains("idempotencyKey()")
        .contains("```mermaid")
        .contains("@Simulate(from = ");
    assertThat(test.names()).anyMatch(name -> name.contains("made simpler"));
  }

  /** Tests that fail. */
  static class Careless {

    private int balance;

    @Simulate
    void charges(FlowTester flows) {
      Flow flow =
          Flow.named("careless")
              .node("order", c -> NodeResult.output(10))
              .node(
                  "charge",
                  c -> {
                    balance += 10;
                    return NodeResult.output("charged");
                  })
              .edge("order", "charge")
              .build();
      flows.compare("balance", () -> balance);

      assertThat(flows.start(flow, Map.of())).isCompleted();
    }
  }
}
