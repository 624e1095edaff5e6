package io.flowcraft.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowcraft.blueprint.Join;
import io.flowcraft.blueprint.Retry;
import io.flowcraft.event.FlowEvent;
import io.flowcraft.flow.Flow;
import io.flowcraft.node.NodeResult;
import io.flowcraft.run.Resume;
import io.flowcraft.run.RunHandle;
import io.flowcraft.run.RunOptions;
import io.flowcraft.run.RunResult;
import io.flowcraft.run.RunStatus;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * A process dies and another one goes on with nothing but the context store: queue, coordination,
 * timers and everything in memory are gone.
 */
class SecondRuntimeTest {

  private final Tally tally = new Tally();
  private final AtomicBoolean healthy = new AtomicBoolean();
  private final Lab first = new Lab();

  @AfterEach
  void close() {
    first.close();
  }

  private Flow approval() {
    return Flow.named("approval")
        .node("begin", tally.returns(1))
        .node("side", tally.node())
        .wait("wait", node -> node.timeout(Duration.ofHours(1)))
        .node("end", c -> NodeResult.output(c.inputs()))
        .node("late", tally.node())
        .edge("begin", "side")
        .edge("begin", "wait")
        .edge("side", "end")
        .edge("wait", "end")
        .edge("wait", "late", edge -> edge.on("timeout"))
        .build();
  }

  @Test
  void aWaitingRunIsAnsweredThere() {
    first.launch(approval(), "r");
    try (Lab second = first.successor(approval())) {
      RunResult result = second.resume("r", "wait", Resume.with("yes"));

      assertThat(result.status()).isEqualTo(RunStatus.COMPLETED);
      assertThat(result.outputs()).containsEntry("end", Map.of("side", "side", "wait", "yes"));
      assertThat(tally.ran()).containsExactly("begin", "side");
    }
  }

  @Test
  void itsHandleSettlesAtOnce() {
    first.launch(approval(), "r");
    try (Lab second = first.successor(approval())) {
      RunResult result = second.settled(second.runtime.handle("r"));

      assertThat(result.status()).isEqualTo(RunStatus.AWAITING);
      assertThat(result.awaiting()).containsExactly("wait");
      assertThat(second.events(FlowEvent.RunPaused.class)).isEmpty();
    }
  }

  @Test
  void timersRunOn() {
    first.launch(approval(), "r");
    first.advance(Duration.ofMinutes(30));
    first.close();
    try (Lab second = first.successor(approval())) {
      second.runtime.handle("r");
      second.advance(Duration.ofMinutes(29));
      assertThat(tally.count("late")).isZero();
      second.advance(Duration.ofMinutes(1));

      assertThat(tally.count("late")).isOne();
      assertThat(second.settled(second.runtime.handle("r")).status())
          .isEqualTo(RunStatus.COMPLETED);
    }
  }

  @Test
  void nodesThatWereRunningAreExecutedAgain() {
    Flow flow =
        Flow.named("crash")
            .node("a", tally.returns("x"))
            .nodeAsync(
                "slow",
                c -> {
                  tally.note("slow " + c.idempotencyKey());
                  return healthy.get()
                      ? CompletableFuture.completedFuture(NodeResult.output(c.input()))
                      : new CompletableFuture<>();
                })
            .node("other", tally.echo())
            .node("end", c -> NodeResult.output(c.inputs()))
            .edge("a", "slow")
            .edge("a", "other")
            .edge("slow", "end")
            .edge("other", "end")
            .build();
    first.launch(flow, "r");
    healthy.set(true);
    try (Lab second = first.successor(flow)) {
      RunResult result = second.settled(second.runtime.handle("r"));

      assertThat(result.status()).isEqualTo(RunStatus.COMPLETED);
      assertThat(result.outputs()).containsEntry("end", Map.of("slow", "x", "other", "x"));
      assertThat(tally.ran()).containsExactly("a", "slow r/slow", "other", "slow r/slow");
    }
  }

  @Test
  void jobsThatWereQueuedAreNotLost() {
    Flow flow =
        Flow.named("queued")
            .node("a", tally.node())
            .node("b", tally.node())
            .node("c", tally.node())
            .node("d", tally.node())
            .edge("a", "b")
            .edge("a", "c")
            .edge("b", "d")
            .edge("c", "d")
            .build();
    for (int steps = 0; steps < 6; steps++) {
      tally.clear();
      String runId = "r" + steps;
      try (Lab crashing = first.successor(builder -> builder.flow(flow).maxLocalSteps(0))) {
        crashing.runtime.start(flow, Map.of(), RunOptions.runId(runId));
        for (int i = 0; i < steps; i++) {
          crashing.executor.step();
        }
      }
      try (Lab second = first.successor(flow)) {
        RunResult result = second.settled(second.runtime.handle(runId));

        assertThat(result.status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(tally.ran()).containsExactlyInAnyOrder("a", "b", "c", "d");
      }
    }
  }

  @Test
  void aStandInKeepsTheInputAndTheFailure() {
    Flow flow =
        Flow.named("standin")
            .node("a", tally.returns("given"))
            .node("b", tally.failing(9), node -> node.fallback("c"))
            .nodeAsync(
                "c",
                c -> {
                  tally.note(c);
                  return healthy.get()
                      ? CompletableFuture.completedFuture(
                          NodeResult.output(c.input() + ": " + c.failure().causes().get(0)))
                      : new CompletableFuture<>();
                })
            .node("d", tally.echo())
            .edge("a", "b")
            .edge("b", "d")
            .build();
    first.launch(flow, "r");
    healthy.set(true);
    try (Lab second = first.successor(flow)) {
      RunResult result = second.settled(second.runtime.handle("r"));

      assertThat(result.outputs()).containsEntry("d", "given: boom in b");
      assertThat(tally.ran()).containsExactly("a", "b", "c", "c", "d");
    }
  }

  @Test
  void aLoopGoesOnInItsIteration() {
    Flow flow =
        Flow.named("loop")
            .node("begin", tally.node())
            .nodeAsync(
                "body",
                c -> {
                  int n = ((Number) java.util.Objects.requireNonNullElse(c.context().get("n"), 0))
                          .intValue()
                      + 1;
                  tally.note("body " + n);
                  c.context().set("n", n);
                  c.context().set("more", n < 5);
                  return n == 3 && !healthy.get()
                      ? new CompletableFuture<>()
                      : CompletableFuture.completedFuture(NodeResult.output(n));
                })
            .loop("loop", "more", l -> l.start("body").end("body"))
            .node("end", c -> NodeResult.output(c.context().get("n")))
            .edge("begin", "body")
            .edge("loop", "end")
            .build();
    first.launch(flow, "r");
    healthy.set(true);
    try (Lab second = first.successor(flow)) {
      RunResult result = second.settled(second.runtime.handle("r"));

      assertThat(result.outputs()).containsEntry("end", 5);
      assertThat(tally.ran())
          .containsExactly("begin", "body 1", "body 2", "body 3", "body 3", "body 4", "body 5");
    }
  }

  @Test
  void aBatchGoesOnWithTheItemsThatAreLeft() {
    Flow flow =
        Flow.named("batch")
            .node("list", c -> NodeResult.output(IntStream.range(0, 10).boxed().toList()))
            .batchAsync(
                "each",
                c -> {
                  tally.note("item " + c.input());
                  return !healthy.get() && c.input(Integer.class) >= 4
                      ? new CompletableFuture<>()
                      : CompletableFuture.completedFuture(
                          NodeResult.output(c.input(Integer.class) * 2));
                },
                batch -> batch.chunkSize(2))
            .node("end", tally.echo())
            .edge("list", "each")
            .edge("each", "end")
            .build();
    first.launch(flow, "r");
    assertThat(tally.ran()).hasSize(6);
    healthy.set(true);
    tally.clear();
    try (Lab second = first.successor(flow)) {
      RunResult result = second.settled(second.runtime.handle("r"));

      assertThat(result.outputs()).containsEntry("end", List.of(0, 2, 4, 6, 8, 10, 12, 14, 16, 18));
      assertThat(tally.ran()).hasSize(7).doesNotHaveDuplicates();
    }
  }

  private Flow parent() {
    Flow child =
        Flow.named("child")
            .node("c1", tally.node())
            .sleep("nap", Duration.ofHours(1))
            .wait("w")
            .node("c2", tally.echo())
            .edge("c1", "nap")
            .edge("nap", "w")
            .edge("w", "c2")
            .build();
    return Flow.named("parent")
        .node("p1", tally.node())
        .subflow("sub", child)
        .node("p2", tally.echo())
        .edge("p1", "sub")
        .edge("sub", "p2")
        .build();
  }

  @Test
  void aParkedChildWakesItsParentThere() {
    first.launch(parent(), "r");
    first.close();
    try (Lab second = first.successor(parent())) {
      RunHandle handle = second.runtime.handle("r");
      second.advance(Duration.ofHours(1));
      assertThat(handle.settled().toCompletableFuture().join().awaiting()).containsExactly("sub");

      RunResult result = second.resume("r", null, Resume.with("go"));

      assertThat(result.status()).isEqualTo(RunStatus.COMPLETED);
      assertThat(result.outputs()).containsEntry("p2", "go");
      assertThat(tally.ran()).containsExactly("p1", "c1", "c2", "p2");
    }
  }

  @Test
  void aChildThatIsAnsweredByItsOwnIdWakesItsParentThere() {
    first.launch(parent(), "r");
    first.advance(Duration.ofHours(1));
    first.close();
    try (Lab second = first.successor(parent())) {
      second.resume("r/sub", "w", Resume.with("go"));

      assertThat(second.settled(second.runtime.handle("r")).outputs()).containsEntry("p2", "go");
    }
  }

  @Test
  void aFailedRunIsRetriedThere() {
    Flow flow =
        Flow.named("failed")
            .node("a", tally.node())
            .node("b", tally.failing(1))
            .node("c", tally.node())
            .node("d", tally.node(), node -> node.join(Join.every()))
            .edge("a", "b")
            .edge("a", "c")
            .edge("b", "d")
            .edge("c", "d")
            .build();
    assertThat(first.settled(first.launch(flow, "r")).status()).isEqualTo(RunStatus.FAILED);
    try (Lab second = first.successor(flow)) {
      RunResult result = second.settled(second.runtime.retry("r"));

      assertThat(result.status()).isEqualTo(RunStatus.COMPLETED);
      assertThat(result.errors()).isEmpty();
      assertThat(tally.ran()).containsExactly("a", "b", "c", "b", "d");
    }
  }

  @Test
  void aRetryThatWasWaitingBeginsAgain() {
    Flow flow =
        Flow.named("waiting")
            .node(
                "a", tally.failing(1), node -> node.retry(Retry.fixed(Duration.ofHours(1))))
            .build();
    first.launch(flow, "r");
    first.close();
    try (Lab second = first.successor(flow)) {
      RunResult result = second.settled(second.runtime.handle("r"));

      assertThat(result.outputs()).containsEntry("a", "a");
      assertThat(tally.count("a")).isEqualTo(2);
    }
  }

  @Test
  void anEndedRunIsReadThere() {
    Flow flow = Flow.named("ended").node("a", tally.failing(9)).build();
    RunResult before = first.settled(first.launch(flow, "r"));
    try (Lab second = first.successor(flow)) {
      RunResult after = second.settled(second.runtime.handle("r"));

      assertThat(after.status()).isEqualTo(before.status());
      assertThat(after.errors()).isEqualTo(before.errors());
      assertThat(after.nodes()).isEqualTo(before.nodes());
      assertThat(after.context()).isEqualTo(before.context());
      assertThat(tally.count("a")).isOne();
    }
  }

  @Test
  void theDeadlineCountsFromTheStart() {
    RunOptions options = RunOptions.runId("r").withDeadline(Duration.ofMinutes(10));
    first.start(approval(), Map.of(), options);
    first.drain();
    first.advance(Duration.ofMinutes(9));
    first.close();
    try (Lab second = first.successor(approval())) {
      second.runtime.handle("r");
      second.advance(Duration.ofMinutes(1));

      assertThat(second.settled(second.runtime.handle("r")).status()).isEqualTo(RunStatus.FAILED);
    }
  }

  @Test
  void aRunGoesOnWithTheDefinitionThatItBeganWith() {
    first.launch(approval(), "r");
    Flow changed = Flow.named("approval").node("other", tally.node()).build();
    try (Lab second =
        first.successor(builder -> builder.flow(changed).registry(approval().registry()))) {
      RunResult result = second.resume("r", "wait", Resume.with("yes"));

      assertThat(result.outputs()).containsEntry("end", Map.of("side", "side", "wait", "yes"));
      assertThat(tally.count("other")).isZero();
    }
  }
}
