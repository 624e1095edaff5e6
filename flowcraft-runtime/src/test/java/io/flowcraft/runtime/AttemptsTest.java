package io.flowcraft.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowcraft.blueprint.Retry;
import io.flowcraft.error.ErrorCode;
import io.flowcraft.error.FlowcraftException;
import io.flowcraft.event.FlowEvent;
import io.flowcraft.flow.Flow;
import io.flowcraft.flow.NodeSpec;
import io.flowcraft.node.NodeResult;
import io.flowcraft.run.RunHandle;
import io.flowcraft.run.RunResult;
import io.flowcraft.run.RunStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Nodes that are tried again. */
class AttemptsTest {

  private final Lab lab = new Lab();
  private final List<Long> seconds = new ArrayList<>();

  @AfterEach
  void close() {
    lab.close();
  }

  private void noteTime() {
    Instant now = lab.time.now();
    seconds.add(Duration.between(TestTime.START, now).toSeconds());
  }

  /** Runs a node that always fails until a day is over. */
  private RunResult exhaust(Consumer<NodeSpec> spec) {
    Flow flow =
        Flow.named("flow")
            .node(
                "n",
                c -> {
                  noteTime();
                  throw new IllegalStateException("attempt " + c.attempt());
                },
                spec)
            .build();
    RunHandle handle = lab.start(flow, java.util.Map.of(), io.flowcraft.run.RunOptions.DEFAULT);
    lab.advance(Duration.ofDays(1));
    return lab.settled(handle);
  }

  @Test
  void withoutARuleThereIsOneAttempt() {
    RunResult result = exhaust(node -> {});

    assertThat(seconds).containsExactly(0L);
    assertThat(result.errors().get(0).causes()).containsExactly("attempt 1");
  }

  @Test
  void delaysCanBeFixed() {
    RunResult result = exhaust(n -> n.retry(Retry.fixed(Duration.ofSeconds(10)).maxAttempts(4)));

    assertThat(seconds).containsExactly(0L, 10L, 20L, 30L);
    assertThat(result.errors().get(0).causes()).containsExactly("attempt 4");
  }

  @Test
  void delaysCanGrowUpToACap() {
    exhaust(
        n ->
            n.retry(
                Retry.exponential(Duration.ofSeconds(1))
                    .maxAttempts(6)
                    .maxDelay(Duration.ofSeconds(5))));

    assertThat(seconds).containsExactly(0L, 1L, 3L, 7L, 12L, 17L);
  }

  @Test
  void jitterShortensDelays() {
    exhaust(n -> n.retry(Retry.fixed(Duration.ofSeconds(1_000)).maxAttempts(5).jitter(0.5)));

    assertThat(seconds).hasSize(5);
    for (int i = 1; i < 5; i++) {
      assertThat(seconds.get(i) - seconds.get(i - 1)).isBetween(500L, 1_000L);
    }
  }

  @Test
  void someErrorsAreNotWorthAnotherAttempt() {
    RunResult result =
        exhaust(
            n ->
                n.retry(
                    Retry.fixed(Duration.ofSeconds(1))
                        .nonRetryable(List.of(RuntimeException.class))));

    assertThat(seconds).containsExactly(0L);
    assertThat(result.status()).isEqualTo(RunStatus.FAILED);
  }

  @Test
  void aFatalErrorIsNotTriedAgainAndHasNoStandIn() {
    Flow flow =
        Flow.named("flow")
            .node(
                "n",
                c -> {
                  noteTime();
                  throw FlowcraftException.fatal("no way");
                },
                node -> node.retry(Retry.fixed(Duration.ZERO)).fallback("other"))
            .node("other", c -> NodeResult.output(1))
            .build();

    RunResult result = lab.run(flow);

    assertThat(seconds).hasSize(1);
    assertThat(result.status()).isEqualTo(RunStatus.FAILED);
    assertThat(result.errors())
        .singleElement()
        .satisfies(
            error -> {
              assertThat(error.code()).isEqualTo(ErrorCode.USER);
              assertThat(error.message()).isEqualTo("no way");
              assertThat(error.fatal()).isTrue();
            });
    assertThat(result.outputs()).isEmpty();
  }

  @Test
  void asynchronousNodesAreTriedAgainToo() {
    Flow flow =
        Flow.named("flow")
            .nodeAsync(
                "n",
                c -> {
                  noteTime();
                  return c.attempt() < 3
                      ? CompletableFuture.failedFuture(new IllegalStateException("again"))
                      : CompletableFuture.completedFuture(NodeResult.output(c.attempt()));
                },
                node -> node.retry(Retry.fixed(Duration.ofSeconds(1))))
            .build();
    RunHandle handle = lab.launch(flow, "r");
    lab.advance(Duration.ofSeconds(2));

    assertThat(lab.settled(handle).outputs()).containsEntry("n", 3);
    assertThat(seconds).containsExactly(0L, 1L, 2L);
  }

  @Test
  void manyAttemptsDoNotPileUpOnTheStack() {
    Flow flow =
        Flow.named("flow")
            .node(
                "n",
                c -> {
                  if (c.attempt() < 50_000) {
                    throw new IllegalStateException();
                  }
                  return NodeResult.output(c.attempt());
                },
                node -> node.retry(Retry.fixed(Duration.ZERO).maxAttempts(50_000)))
            .build();

    assertThat(lab.run(flow).outputs()).containsEntry("n", 50_000);
  }

  @Test
  void everyFailedAttemptButTheLastIsAnEvent() {
    exhaust(n -> n.retry(Retry.fixed(Duration.ofSeconds(10))));

    assertThat(lab.events(FlowEvent.NodeRetry.class))
        .extracting(FlowEvent.NodeRetry::attempt, FlowEvent.NodeRetry::message)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(1, "attempt 1"),
            org.assertj.core.groups.Tuple.tuple(2, "attempt 2"));
    assertThat(lab.events(FlowEvent.NodeStarted.class)).hasSize(1);
    assertThat(lab.events(FlowEvent.NodeFailed.class)).hasSize(1);
  }

  @Test
  void aCancelledRunDoesNotWaitForTheNextAttempt() {
    Flow flow =
        Flow.named("flow")
            .node(
                "n",
                c -> {
                  noteTime();
                  throw new IllegalStateException();
                },
                node -> node.retry(Retry.fixed(Duration.ofHours(1))))
            .build();
    lab.launch(flow, "r");

    RunResult result = lab.settled(lab.runtime.cancel("r", "enough"));

    assertThat(result.status()).isEqualTo(RunStatus.CANCELLED);
    assertThat(seconds).hasSize(1);
    assertThat(lab.time.timers()).isZero();
  }
}
