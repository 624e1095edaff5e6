package io.flowcraft.runtime;

import static io.flowcraft.runtime.Codes.assertCode;
import static org.assertj.core.api.Assertions.assertThat;

import io.flowcraft.error.ErrorCode;
import io.flowcraft.event.FlowEvent;
import io.flowcraft.flow.Flow;
import io.flowcraft.node.Node;
import io.flowcraft.node.NodeContext;
import io.flowcraft.node.NodeResult;
import io.flowcraft.run.NodeStatus;
import io.flowcraft.run.RunHandle;
import io.flowcraft.run.RunResult;
import io.flowcraft.run.RunStatus;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Runs that are told to stop. */
@Timeout(60)
class CancelTest {

  private static final Duration LONG = Duration.ofSeconds(30);

  private final Tally tally = new Tally();
  private final Lab lab = new Lab();
  private final FlowRuntime real =
      FlowRuntime.builder()
          .properties(
              Map.of(
                  "flowcraft.queue", "memory",
                  "flowcraft.state", "memory",
                  "flowcraft.coordination", "memory"))
          .build();

  @AfterEach
  void close() {
    lab.close();
    real.close();
  }

  @Test
  void nothingNewBeginsAndWhatWasDoneStays() {
    Flow flow =
        Flow.named("flow")
            .node("a", tally.node())
            .nodeAsync("b", c -> new Pending(c).future())
            .node("c", tally.node())
            .edge("a", "b")
            .edge("b", "c")
            .build();
    lab.launch(flow, "r");

    RunResult result = lab.settled(lab.runtime.cancel("r", "enough"));

    assertThat(result.status()).isEqualTo(RunStatus.CANCELLED);
    assertThat(result.outputs()).containsOnlyKeys("a");
    assertThat(result.context()).containsEntry("a", "a");
    assertThat(result.errors())
        .singleElement()
        .satisfies(error -> assertThat(error.code()).isEqualTo(ErrorCode.CANCELLED));
    assertThat(tally.ran()).containsExactly("a");
    assertThat(lab.events(FlowEvent.RunFinished.class))
        .singleElement()
        .satisfies(event -> assertThat(event.status()).isEqualTo(RunStatus.CANCELLED));
  }

  @Test
  void aWaitingRunIsCancelledAtOnce() {
    Flow flow = Flow.named("flow").wait("w").node("c", tally.node()).edge("w", "c").build();
    RunHandle before = lab.launch(flow, "r");
    assertThat(lab.settled(before).status()).isEqualTo(RunStatus.AWAITING);

    RunHandle after = lab.runtime.cancel("r", "enough");

    assertThat(lab.settled(after).status()).isEqualTo(RunStatus.CANCELLED);
    assertThat(lab.settled(lab.runtime.handle("r")).status()).isEqualTo(RunStatus.CANCELLED);
    assertCode(
        ErrorCode.RUN_STATE, () -> lab.runtime.resume("r", "w", io.flowcraft.run.Resume.empty()));
  }

  @Test
  void cancellingAnEndedRunChangesNothing() {
    lab.launch(Flow.named("flow").node("a", tally.node()).build(), "r");

    assertThat(lab.settled(lab.runtime.cancel("r", "late")).status())
        .isEqualTo(RunStatus.COMPLETED);
    assertCode(ErrorCode.RUN_UNKNOWN, () -> lab.runtime.cancel("nobody", "x"));
  }

  @Test
  void anAsynchronousNodeThatDoesNotListenIsNotWaitedFor() {
    CompletableFuture<NodeResult> never = new CompletableFuture<>();
    Flow flow = Flow.named("flow").nodeAsync("deaf", c -> never).build();
    lab.launch(flow, "r");

    RunResult result = lab.settled(lab.runtime.cancel("r", "enough"));

    assertThat(result.status()).isEqualTo(RunStatus.CANCELLED);
    never.complete(NodeResult.output("too late"));
    lab.drain();
    assertThat(lab.runtime.handle("r").snapshot().outputs()).isEmpty();
  }

  @Test
  void aBlockedNodeIsInterruptedAndNobodyElse() throws InterruptedException {
    CountDownLatch blocked = new CountDownLatch(1);
    AtomicBoolean interrupted = new AtomicBoolean();
    AtomicReference<Thread> thread = new AtomicReference<>();
    Flow flow =
        Flow.named("flow")
            .node(
                "block",
                c -> {
                  thread.set(Thread.currentThread());
                  blocked.countDown();
                  try {
                    new CountDownLatch(1).await();
                  } catch (InterruptedException e) {
                    interrupted.set(true);
                    throw e;
                  }
                  return null;
                })
            .build();
    RunHandle handle = real.start(flow, Map.of());
    blocked.await();

    real.cancel(handle.runId(), "enough");

    assertThat(handle.await(LONG).status()).isEqualTo(RunStatus.CANCELLED);
    assertThat(interrupted).isTrue();
  }

  private static final class Blocking implements Node<String> {
    private final String phase;
    private final CountDownLatch blocked = new CountDownLatch(1);

    Blocking(String phase) {
      this.phase = phase;
    }

    private void block(String here) throws InterruptedException {
      if (phase.equals(here)) {
        blocked.countDown();
        new CountDownLatch(1).await();
      }
    }

    @Override
    public String prep(NodeContext context) throws InterruptedException {
      block("prep");
      return "";
    }

    @Override
    public NodeResult exec(String prepared, NodeContext context) throws InterruptedException {
      block("exec");
      if (phase.equals("fallback")) {
        throw new IllegalStateException("so that the fallback is asked");
      }
      return NodeResult.none();
    }

    @Override
    public NodeResult fallback(Exception error, NodeContext context) throws InterruptedException {
      block("fallback");
      return NodeResult.none();
    }

    @Override
    public NodeResult post(NodeResult result, NodeContext context) throws InterruptedException {
      block("post");
      return result;
    }
  }

  @Test
  void everyPhaseOfALifeCycleNodeIsInterrupted() throws InterruptedException {
    for (String phase : new String[] {"prep", "exec", "fallback", "post"}) {
      Blocking node = new Blocking(phase);
      RunHandle handle = real.start(Flow.named("in-" + phase).node("n", node).build(), Map.of());
      node.blocked.await();

      real.cancel(handle.runId(), "enough");

      assertThat(handle.await(LONG).status()).as(phase).isEqualTo(RunStatus.CANCELLED);
    }
  }

  @Test
  void nodesAreToldByTokenAndByCallback() {
    AtomicReference<NodeContext> seen = new AtomicReference<>();
    AtomicBoolean told = new AtomicBoolean();
    CompletableFuture<NodeResult> answer = new CompletableFuture<>();
    Flow flow =
        Flow.named("flow")
            .nodeAsync(
                "n",
                c -> {
                  seen.set(c);
                  c.cancellation()
                      .onCancel(
                          () -> {
                            told.set(true);
                            answer.complete(NodeResult.output("tidy"));
                          });
                  return answer;
                })
            .build();
    lab.launch(flow, "r");
    assertThat(seen.get().cancellation().isCancelled()).isFalse();

    lab.runtime.cancel("r", "enough");
    lab.drain();

    assertThat(seen.get().cancellation().isCancelled()).isTrue();
    assertThat(told).isTrue();
    assertCode(ErrorCode.CANCELLED, () -> seen.get().cancellation().throwIfCancelled());
  }

  @Test
  void noInterruptIsLeftOnTheThreadsOfThePool() throws InterruptedException {
    AtomicBoolean stray = new AtomicBoolean();
    Flow innocent =
        Flow.named("innocent")
            .node(
                "n",
                c -> {
                  if (Thread.currentThread().isInterrupted()) {
                    stray.set(true);
                  }
                  return null;
                })
            .build();
    for (int i = 0; i < 100; i++) {
      CountDownLatch running = new CountDownLatch(1);
      Flow busy =
          Flow.named("busy" + i)
              .node(
                  "n",
                  c -> {
                    running.countDown();
                    while (!c.cancellation().isCancelled()) {
                      Thread.onSpinWait();
                    }
                    return null;
                  })
              .build();
      RunHandle handle = real.start(busy, Map.of());
      running.await();
      real.cancel(handle.runId(), "enough");
      handle.await(LONG);
      real.start(innocent, Map.of()).await(LONG);
    }

    assertThat(stray).isFalse();
  }

  @Test
  void aNodeMayCancelItsOwnRun() {
    Flow flow =
        Flow.named("flow")
            .node(
                "a",
                c -> {
                  lab.runtime.cancel(c.runId(), "from inside");
                  return NodeResult.output("recorded");
                })
            .node("b", tally.node())
            .edge("a", "b")
            .build();

    RunResult result = lab.run(flow);

    assertThat(result.status()).isEqualTo(RunStatus.CANCELLED);
    assertThat(result.outputs()).containsEntry("a", "recorded");
    assertThat(result.nodes()).containsEntry("a", NodeStatus.COMPLETED);
    assertThat(tally.ran()).isEmpty();
  }

  @Test
  void aRunThatHadNothingLeftIsCompletedAllTheSame() {
    Flow flow =
        Flow.named("flow")
            .node(
                "a",
                c -> {
                  lab.runtime.cancel(c.runId(), "from inside");
                  return NodeResult.output("recorded");
                })
            .build();

    assertThat(lab.run(flow).status()).isEqualTo(RunStatus.COMPLETED);
  }
}
