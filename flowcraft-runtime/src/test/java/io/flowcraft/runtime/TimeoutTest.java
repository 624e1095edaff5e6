package io.flowcraft.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowcraft.blueprint.Retry;
import io.flowcraft.error.ErrorCode;
import io.flowcraft.flow.Flow;
import io.flowcraft.node.NodeResult;
import io.flowcraft.run.Resume;
import io.flowcraft.run.RunHandle;
import io.flowcraft.run.RunOptions;
import io.flowcraft.run.RunResult;
import io.flowcraft.run.RunStatus;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Nodes and runs that take too long. */
@Timeout(60)
class TimeoutTest {

  private static final Duration LONG = Duration.ofSeconds(30);

  private final Tally tally = new Tally();
  private final Lab lab = new Lab();

  @AfterEach
  void close() {
    lab.close();
  }

  @Test
  void anAsynchronousNodeThatTakesTooLongFails() {
    CompletableFuture<NodeResult> late = new CompletableFuture<>();
    Flow flow =
        Flow.named("flow")
            .nodeAsync("slow", c -> late, node -> node.timeout(Duration.ofSeconds(5)))
            .build();
    RunHandle handle = lab.launch(flow, "r");
    lab.advance(Duration.ofMillis(4_999));
    assertThat(handle.settled().toCompletableFuture()).isNotDone();
    lab.advance(Duration.ofMillis(1));

    RunResult result = lab.settled(handle);

    assertThat(result.status()).isEqualTo(RunStatus.FAILED);
    assertThat(result.errors())
        .singleElement()
        .satisfies(
            error -> {
              assertThat(error.code()).isEqualTo(ErrorCode.NODE_TIMEOUT);
              assertThat(error.message()).contains("'slow'").contains("5000 ms");
            });
    late.complete(NodeResult.output("late"));
    lab.drain();
    assertThat(lab.runtime.handle("r").snapshot().outputs()).isEmpty();
  }

  @Test
  void whoIsInTimeLeavesNoTimer() {
    Flow flow =
        Flow.named("flow")
            .node("fast", tally.node(), node -> node.timeout(Duration.ofSeconds(5)))
            .build();

    assertThat(lab.run(flow).outputs()).containsEntry("fast", "fast");
    assertThat(lab.time.timers()).isZero();
  }

  @Test
  void everyAttemptHasItsOwnTime() {
    AtomicInteger told = new AtomicInteger();
    Flow flow =
        Flow.named("flow")
            .nodeAsync(
                "slow",
                c -> {
                  tally.note("attempt " + c.attempt());
                  c.cancellation().onCancel(told::incrementAndGet);
                  return c.attempt() == 3
                      ? CompletableFuture.completedFuture(NodeResult.output("third"))
                      : new CompletableFuture<>();
                },
                node ->
                    node.timeout(Duration.ofSeconds(5)).retry(Retry.fixed(Duration.ofSeconds(1))))
            .build();
    RunHandle handle = lab.launch(flow, "r");
    lab.advance(Duration.ofSeconds(12));

    assertThat(lab.settled(handle).outputs()).containsEntry("slow", "third");
    assertThat(tally.ran()).containsExactly("attempt 1", "attempt 2", "attempt 3");
    assertThat(told).hasValue(2);
  }

  @Test
  void anAttemptThatBeginsTooLateDoesNotBegin() {
    Flow flow =
        Flow.named("flow")
            .node("queued", tally.node(), node -> node.timeout(Duration.ofSeconds(5)))
            .build();
    RunHandle handle = lab.start(flow, Map.of(), RunOptions.DEFAULT);
    lab.executor.step();
    lab.time.advance(Duration.ofSeconds(6), () -> {});

    assertThat(lab.settled(handle).status()).isEqualTo(RunStatus.FAILED);
    assertThat(tally.ran()).isEmpty();
  }

  @Test
  void aStandInTakesOver() {
    Flow flow =
        Flow.named("flow")
            .nodeAsync(
                "slow",
                c -> new CompletableFuture<>(),
                node -> node.timeout(Duration.ofSeconds(5)).fallback("plan-b"))
            .node("plan-b", c -> NodeResult.output(c.failure().code().name()))
            .build();
    RunHandle handle = lab.launch(flow, "r");
    lab.advance(Duration.ofSeconds(5));

    assertThat(lab.settled(handle).outputs()).containsEntry("slow", "NODE_TIMEOUT");
  }

  @Test
  void aSubflowThatTakesTooLongIsStopped() {
    Flow child = Flow.named("child").nodeAsync("slow", c -> new CompletableFuture<>()).build();
    Flow flow =
        Flow.named("flow")
            .subflow("sub", child, s -> s.node(n -> n.timeout(Duration.ofSeconds(5))))
            .build();
    RunHandle handle = lab.launch(flow, "r");
    lab.advance(Duration.ofSeconds(5));

    RunResult result = lab.settled(handle);
    assertThat(result.status()).isEqualTo(RunStatus.FAILED);
    assertThat(result.errors().get(0).code()).isEqualTo(ErrorCode.NODE_TIMEOUT);
    assertThat(lab.runtime.handle("r/sub").snapshot().status()).isEqualTo(RunStatus.CANCELLED);
  }

  @Test
  void theTimeInWhichAChildWaitsCounts() {
    Flow child = Flow.named("child").wait("w").build();
    Flow flow =
        Flow.named("flow")
            .subflow(
                "sub",
                child,
                s ->
                    s.node(
                        n ->
                            n.timeout(Duration.ofHours(5))
                                .retry(Retry.fixed(Duration.ZERO).maxAttempts(2))))
            .build();
    RunHandle handle = lab.launch(flow, "r");
    assertThat(lab.settled(handle).status()).isEqualTo(RunStatus.AWAITING);
    lab.advance(Duration.ofHours(5));
    assertThat(lab.runtime.handle("r/sub").snapshot().status()).isEqualTo(RunStatus.CANCELLED);
    assertThat(lab.runtime.handle("r/sub~2").snapshot().status()).isEqualTo(RunStatus.AWAITING);

    lab.advance(Duration.ofHours(5));

    RunResult result = lab.settled(lab.runtime.handle("r"));
    assertThat(result.status()).isEqualTo(RunStatus.FAILED);
    assertThat(result.errors().get(0).code()).isEqualTo(ErrorCode.NODE_TIMEOUT);
    assertThat(lab.runtime.handle("r/sub~2").snapshot().status()).isEqualTo(RunStatus.CANCELLED);
    assertThat(lab.time.timers()).isZero();
  }

  @Test
  void aBlockedThreadIsInterrupted() {
    AtomicBoolean interrupted = new AtomicBoolean();
    Flow flow =
        Flow.named("flow")
            .node(
                "block",
                c -> {
                  try {
                    new CountDownLatch(1).await();
                  } catch (InterruptedException e) {
                    interrupted.set(true);
                    throw e;
                  }
                  return null;
                },
                node -> node.timeout(Duration.ofMillis(50)))
            .node("after", c -> NodeResult.output(Thread.currentThread().isInterrupted()))
            .build();
    try (FlowRuntime real =
        FlowRuntime.builder()
            .properties(
                Map.of(
                    "flowcraft.queue", "memory",
                    "flowcraft.state", "memory",
                    "flowcraft.coordination", "memory",
                    "flowcraft.worker.threads", "2"))
            .build()) {
      RunResult result = real.start(flow, Map.of()).await(LONG);

      assertThat(result.errors()).hasSize(1);
      assertThat(result.errors().get(0).code()).isEqualTo(ErrorCode.NODE_TIMEOUT);
      for (int i = 0; i < 20; i++) {
        assertThat(real.start(flow, Map.of()).await(LONG).outputs()).containsEntry("after", false);
      }
      assertThat(interrupted).isTrue();
    }
  }

  @Test
  void aRunPastItsDeadlineFailsAndTellsItsNodes() {
    AtomicBoolean told = new AtomicBoolean();
    Flow flow =
        Flow.named("flow")
            .node("first", tally.node())
            .nodeAsync(
                "slow",
                c -> {
                  c.cancellation().onCancel(() -> told.set(true));
                  return new CompletableFuture<>();
                })
            .node("never", tally.node())
            .edge("first", "slow")
            .edge("slow", "never")
            .build();
    RunHandle handle =
        lab.start(flow, Map.of(), RunOptions.runId("r").withDeadline(Duration.ofMinutes(1)));
    lab.drain();
    lab.advance(Duration.ofMinutes(1));

    RunResult result = lab.settled(handle);

    assertThat(result.status()).isEqualTo(RunStatus.FAILED);
    assertThat(result.errors())
        .singleElement()
        .satisfies(error -> assertThat(error.code()).isEqualTo(ErrorCode.RUN_DEADLINE));
    assertThat(told).isTrue();
    assertThat(tally.ran()).containsExactly("first");
    assertThat(result.outputs()).containsOnlyKeys("first");
  }

  @Test
  void aDeadlineEndsARunThatWaits() {
    Flow flow = Flow.named("flow").wait("w").build();
    lab.start(flow, Map.of(), RunOptions.runId("r").withDeadline(Duration.ofMinutes(1)));
    lab.drain();
    lab.advance(Duration.ofMinutes(1));

    assertThat(lab.settled(lab.runtime.handle("r")).status()).isEqualTo(RunStatus.FAILED);
    Codes.assertCode(ErrorCode.RUN_STATE, () -> lab.runtime.resume("r", "w", Resume.empty()));
  }

  @Test
  void aRunThatIsInTimeLeavesNoTimer() {
    Flow flow = Flow.named("flow").node("n", tally.node()).build();

    lab.run(flow, Map.of(), RunOptions.DEFAULT.withDeadline(Duration.ofMinutes(1)));

    assertThat(lab.time.timers()).isZero();
  }
}
