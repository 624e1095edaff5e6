package io.flowcraft.testkit;

import static io.flowcraft.testkit.FlowAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.flowcraft.blueprint.Retry;
import io.flowcraft.error.FlowcraftException;
import io.flowcraft.flow.Flow;
import io.flowcraft.node.AsyncNodeFunction;
import io.flowcraft.node.NodeResult;
import io.flowcraft.run.Resume;
import io.flowcraft.run.RunStatus;
import io.flowcraft.spi.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CrashEverywhereTest {

  /** Counts each thing once, whoever says it again. */
  private final Map<String, Integer> bank = new TreeMap<>();

  private int prepared;

  @BeforeEach
  void prepare() {
    prepared++;
  }

  @CrashEverywhere
  void waitsAndSleepsSurvive(FlowTester flows) {
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
    assertThat(prepared).isEqualTo(1);
  }

  @CrashEverywhere
  void slowNodesSurvive(FlowTester flows) {
    AsyncNodeFunction slow =
        c -> {
          CompletableFuture<NodeResult> result = new CompletableFuture<>();
          c.dependency(TimeSource.class)
              .schedule(
                  Duration.ofMinutes(10), () -> result.complete(NodeResult.output(c.nodeId())));
          return result;
        };
    Flow flow =
        Flow.named("slow")
            .nodeAsync("one", slow)
            .nodeAsync("two", slow)
            .node("both", c -> NodeResult.output(c.inputs()))
            .edge("one", "both")
            .edge("two", "both")
            .build();

    TestRun run = flows.start(flow, Map.of());
    assertThat(run).hasStatus(RunStatus.RUNNING);
    flows.advance(Duration.ofMinutes(25));

    assertThat(run).isCompleted().hasOutput("both", Map.of("one", "one", "two", "two"));
  }

  @CrashEverywhere
  void retriesAndSubWorkflowsSurvive(FlowTester flows) {
    NodeDouble weak = NodeDoubles.failing(1, "at last");
    Flow child =
        Flow.named("child")
            .node("weak", weak, n -> n.retry(Retry.fixed(Duration.ofMinutes(1))))
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

  @CrashEverywhere
  void sagasSurvive(FlowTester flows) {
    Flow flow =
        Flow.named("saga")
            .node(
                "book",
                c -> {
                  bank.put(c.idempotencyKey(), 1);
                  return NodeResult.output(c.idempotencyKey());
                },
                n -> n.compensate("cancel"))
            .node(
                "fail",
                c -> {
                  throw FlowcraftException.failure("no");
                })
            .node(
                "cancel",
                c -> {
                  bank.remove(String.valueOf(c.input()));
                  return NodeResult.none();
                })
            .edge("book", "fail")
            .build();
    flows.compare("bank", bank::values);

    TestRun run = flows.start(flow, Map.of());

    assertThat(run).isFailed();
    assertThat(bank).isEmpty();
  }

  @CrashEverywhere
  void whatTheOutsideDoesIsDoneAgain(FlowTester flows) {
    Flow flow =
        Flow.named("mended")
            .node("fine", c -> NodeResult.output(1))
            .node(
                "broken",
                c -> {
                  throw FlowcraftException.failure("no");
                })
            .node("after", c -> NodeResult.output(2))
            .edge("fine", "broken")
            .edge("broken", "after")
            .build();

    TestRun run = flows.start(flow, Map.of());
    assertThat(run).isFailed();
    run.completeNode("broken", NodeResult.output("by hand"));
    assertThat(run).isCompleted().hasOutput("broken", "by hand");

    Flow waits = Flow.named("waits").wait("for ever").build();
    TestRun second = flows.start(waits, Map.of());
    second.cancel("nobody comes");
    assertThat(second).isCancelled();
    assertThat(second.runId()).isEqualTo("run-2");
  }

  @Test
  void aNodeThatIsNotIdempotentIsFound() {
    RepeatedTest test = RepeatedTest.of(Careless.class, "charges");

    assertThat(test.onlyFailure())
        .contains("p1 died right before")
        .contains("compared value 'balance' is 20 instead of 10")
        .contains("node 'charge' of run-1, twice instead of once: by p1 at 0.0 s, then by p2")
        .contains("idempotencyKey()")
        .contains("p1: executes charge of run-1")
        .contains("p1: is killed")
        .contains("p2: executes charge of run-1");
    assertThat(test.aborted()).isNotEmpty().allMatch(reason -> reason.contains("same finding"));
    assertThat(test.names().get(0)).contains("without a fault");
  }

  @Test
  void anOutputThatDependsOnTheExecutionIsFound() {
    assertThat(RepeatedTest.of(Careless.class, "numbers").onlyFailure())
        .contains("node 'number' of run-1 is COMPLETED, output 2 instead of COMPLETED, output 1")
        .contains("the output of node 'number' is 2; expected: 1");
  }

  @Test
  void aTestThatFailsAnywayFailsOnce() {
    RepeatedTest test = RepeatedTest.of(Careless.class, "fails");

    assertThat(test.onlyFailure()).contains("the run is COMPLETED; expected: FAILED");
    assertThat(test.names()).hasSize(1);
  }

  @Test
  void aTestThatIsNotRepeatableIsToldSo() {
    RepeatedTest test = RepeatedTest.of(Careless.class, "remembers");

    assertThat(test.onlyFailure()).contains("another course each time").contains("compared value");
    assertThat(test.names()).hasSize(2);
  }

  @Test
  void aTestWithoutRunsIsRefused() {
    assertThat(RepeatedTest.of(Careless.class, "idles").onlyFailure()).contains("started no run");
  }

  /** Tests that fail. */
  static class Careless {

    private static final List<String> MEMORY = new ArrayList<>();

    private final Map<String, Integer> executions = new HashMap<>();
    private int balance;

    private Flow flow() {
      return Flow.named("careless")
          .node("order", c -> NodeResult.output(10))
          .node(
              "charge",
              c -> {
                balance += 10;
                return NodeResult.output("charged");
              })
          .edge("order", "charge")
          .build();
    }

    @CrashEverywhere
    void charges(FlowTester flows) {
      flows.compare("balance", () -> balance);

      assertThat(flows.start(flow(), Map.of())).isCompleted();
    }

    @CrashEverywhere
    void numbers(FlowTester flows) {
      Flow flow =
          Flow.named("numbers")
              .node("number", c -> NodeResult.output(executions.merge("number", 1, Integer::sum)))
              .build();

      assertThat(flows.start(flow, Map.of())).hasOutput("number", 1);
    }

    @CrashEverywhere
    void fails(FlowTester flows) {
      assertThat(flows.start(flow(), Map.of())).isFailed();
    }

    @CrashEverywhere
    void remembers(FlowTester flows) {
      MEMORY.add("once more");
      flows.compare("memory", MEMORY::size);

      assertThat(flows.start(flow(), Map.of()).status().isFinal()).isTrue();
    }

    @CrashEverywhere
    void idles(FlowTester flows) {
      assertThat(flows.now()).isNotNull();
    }
  }
}
