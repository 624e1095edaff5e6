package io.flowcraft.runtime;

import static io.flowcraft.runtime.Codes.assertCode;
import static org.assertj.core.api.Assertions.assertThat;

import io.flowcraft.blueprint.Retry;
import io.flowcraft.error.ErrorCode;
import io.flowcraft.flow.Flow;
import io.flowcraft.node.NodeResult;
import io.flowcraft.run.NodeStatus;
import io.flowcraft.run.Resume;
import io.flowcraft.run.RunOptions;
import io.flowcraft.run.RunResult;
import io.flowcraft.run.RunStatus;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A run that did not make it goes on from where it stopped; nothing that was completed runs again. */
class RetryRunTest {

  private final Tally tally = new Tally();
  private final Lab lab = new Lab();

  @AfterEach
  void close() {
    lab.close();
  }

  private RunResult retry() {
    return lab.settled(lab.runtime.retry("r"));
  }

  @Test
  void whatFailedAndWhatItKeptFromRunningRuns() {
    Flow flow =
        Flow.named("flow")
            .node("a", tally.node())
            .node("bad", tally.failing(1))
            .node("good", tally.node())
            .node("after", tally.echo())
            .node("join", c -> NodeResult.output(c.inputs()))
            .node("end", tally.node())
            .edge("a", "bad")
            .edge("a", "good")
            .edge("bad", "after")
            .edge("after", "join")
            .edge("good", "join")
            .edge("join", "end")
            .build();
    RunResult failed = lab.settled(lab.launch(flow, "r"));
    assertThat(failed.status()).isEqualTo(RunStatus.FAILED);
    assertThat(failed.nodes())
        .containsEntry("after", NodeStatus.SKIPPED)
        .containsEntry("join", NodeStatus.SKIPPED);

    RunResult result = retry();

    assertThat(result.status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(result.errors()).isEmpty();
    assertThat(result.outputs()).containsEntry("join", Map.of("after", "bad", "good", "good"));
    assertThat(tally.ran()).containsExactly("a", "bad", "good", "bad", "after", "end");
  }

  @Test
  void aRetryMayFailAgainAndBeTriedAgain() {
    Flow flow =
        Flow.named("flow")
            .node("bad", tally.failing(3))
            .node("end", tally.node())
            .edge("bad", "end")
            .build();
    lab.launch(flow, "r");

    assertThat(retry().status()).isEqualTo(RunStatus.FAILED);
    assertThat(retry().errors()).hasSize(1);
    assertThat(retry().status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(tally.ran()).containsExactly("bad", "bad", "bad", "bad", "end");
  }

  @Test
  void onlyARunThatStoppedCanBeRetried() {
    Flow good = Flow.named("good").node("a", tally.node()).build();
    Flow waiting = Flow.named("waiting").wait("w").build();
    lab.launch(good, "done");
    lab.launch(waiting, "waits");

    assertCode(ErrorCode.RUN_UNKNOWN, () -> lab.runtime.retry("nobody"));
    assertCode(ErrorCode.RUN_STATE, () -> lab.runtime.retry("done"));
    assertCode(ErrorCode.RUN_STATE, () -> lab.runtime.retry("waits"));
  }

  @Test
  void aRetryOfARetryThatIsUnderWayIsRefused() {
    Flow flow = Flow.named("flow").node("bad", tally.failing(1)).build();
    lab.launch(flow, "r");
    lab.runtime.retry("r");

    assertCode(ErrorCode.RUN_STATE, () -> lab.runtime.retry("r"));
    lab.drain();
    assertThat(tally.count("bad")).isEqualTo(2);
  }

  @Test
  void theNodeOfAFailedStandInRunsFirst() {
    Flow flow =
        Flow.named("flow")
            .node("a", tally.returns("in"))
            .node("b", tally.failing(1), node -> node.fallback("c"))
            .node("c", tally.failing(9))
            .node("d", tally.echo())
            .edge("a", "b")
            .edge("b", "d")
            .build();
    assertThat(lab.settled(lab.launch(flow, "r")).status()).isEqualTo(RunStatus.FAILED);

    RunResult result = retry();

    assertThat(result.status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(result.outputs()).containsEntry("d", "b");
    assertThat(tally.ran()).containsExactly("a", "b", "c", "b", "d");
  }

  @Test
  void aFailedChildGoesOnFromWhereItFailed() {
    Flow child =
        Flow.named("child")
            .node("c1", tally.node())
            .node("c2", tally.failing(1))
            .edge("c1", "c2")
            .build();
    Flow flow =
        Flow.named("parent")
            .node("a", tally.node())
            .subflow("sub", child)
            .node("end", tally.echo())
            .edge("a", "sub")
            .edge("sub", "end")
            .build();
    lab.launch(flow, "r");

    RunResult result = retry();

    assertThat(result.status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(result.outputs()).containsEntry("end", "c2");
    assertThat(tally.ran()).containsExactly("a", "c1", "c2", "c2", "end");
  }

  @Test
  void theLastAttemptOfAFailedChildGoesOn() {
    Flow child =
        Flow.named("child")
            .node("c1", tally.node())
            .node("c2", tally.failing(2))
            .edge("c1", "c2")
            .build();
    Flow flow =
        Flow.named("parent")
            .subflow(
                "sub",
                child,
                s -> s.node(n -> n.retry(Retry.fixed(Duration.ZERO).maxAttempts(2))))
            .build();
    assertThat(lab.settled(lab.launch(flow, "r")).status()).isEqualTo(RunStatus.FAILED);

    RunResult result = retry();

    assertThat(result.status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(tally.count("c1")).isEqualTo(2);
    assertThat(tally.count("c2")).isEqualTo(3);
  }

  @Test
  void aFailedChildBehindAFailedStandInGoesOnToo() {
    Flow child =
        Flow.named("child")
            .node("c1", tally.node())
            .node("c2", tally.failing(1))
            .edge("c1", "c2")
            .build();
    Flow flow =
        Flow.named("parent")
            .subflow("sub", child, s -> s.node(n -> n.fallback("plan-b")))
            .node("plan-b", tally.failing(9))
            .node("end", tally.echo())
            .edge("sub", "end")
            .build();
    assertThat(lab.settled(lab.launch(flow, "r")).status()).isEqualTo(RunStatus.FAILED);

    RunResult result = retry();

    assertThat(result.status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(tally.ran()).containsExactly("c1", "c2", "plan-b", "c2", "end");
  }

  @Test
  void aLoopGoesOnInTheIterationThatFailed() {
    Flow flow =
        Flow.named("flow")
            .node(
                "body",
                c -> {
                  Object before = c.context().get("n");
                  int n = before == null ? 1 : ((Number) before).intValue() + 1;
                  if (tally.note("body " + n) == 1 && n == 3) {
                    throw new IllegalStateException("third");
                  }
                  c.context().set("n", n);
                  c.context().set("more", n < 4);
                  return NodeResult.output(n);
                })
            .loop("loop", "more", l -> l.start("body").end("body"))
            .node("end", c -> NodeResult.output(c.context().get("n")))
            .edge("loop", "end")
            .build();
    assertThat(lab.settled(lab.launch(flow, "r")).status()).isEqualTo(RunStatus.FAILED);

    RunResult result = retry();

    assertThat(result.outputs()).containsEntry("end", 4);
    assertThat(tally.ran()).containsExactly("body 1", "body 2", "body 3", "body 3", "body 4");
  }

  @Test
  void aBatchRunsTheFailedItemsOnly() {
    Flow flow =
        Flow.named("flow")
            .node("list", c -> NodeResult.output(List.of("a", "b", "c")))
            .batch(
                "each",
                c -> {
                  if (tally.note("item " + c.input()) == 1 && c.input().equals("b")) {
                    throw new IllegalStateException("not b");
                  }
                  return NodeResult.output(c.input() + "!");
                },
                batch -> {})
            .node("end", tally.echo())
            .edge("list", "each")
            .edge("each", "end")
            .build();
    assertThat(lab.settled(lab.launch(flow, "r")).status()).isEqualTo(RunStatus.FAILED);

    RunResult result = retry();

    assertThat(result.outputs()).containsEntry("end", List.of("a!", "b!", "c!"));
    assertThat(tally.count("item a") + tally.count("item c")).isEqualTo(2);
    assertThat(tally.count("item b")).isEqualTo(2);
  }

  @Test
  void aCancelledRunThatWaitsWaitsAgain() {
    Flow flow =
        Flow.named("flow").wait("w").node("end", tally.echo()).edge("w", "end").build();
    lab.launch(flow, "r");
    assertThat(lab.settled(lab.runtime.cancel("r", "oops")).status())
        .isEqualTo(RunStatus.CANCELLED);

    RunResult again = retry();
    assertThat(again.status()).isEqualTo(RunStatus.AWAITING);
    assertThat(again.awaiting()).containsExactly("w");
    assertThat(lab.resume("r", null, Resume.with(1)).outputs()).containsEntry("end", 1);
  }

  @Test
  void aRunThatMissedItsDeadlineGetsAsMuchTimeAgain() {
    Flow flow =
        Flow.named("flow").wait("w").node("end", tally.echo()).edge("w", "end").build();
    lab.start(flow, Map.of(), RunOptions.runId("r").withDeadline(Duration.ofMinutes(1)));
    lab.drain();
    lab.advance(Duration.ofMinutes(2));
    assertThat(lab.runtime.handle("r").snapshot().status()).isEqualTo(RunStatus.FAILED);

    assertThat(retry().status()).isEqualTo(RunStatus.AWAITING);
    lab.advance(Duration.ofSeconds(59));
    assertThat(lab.resume("r", null, Resume.with(1)).status()).isEqualTo(RunStatus.COMPLETED);
  }

  @Test
  void aRunThatStoppedAtItsTargetsRunsToItsEnd() {
    Flow flow =
        Flow.named("flow")
            .node("a", tally.node())
            .node("b", tally.node())
            .node("c", tally.node())
            .node("d", tally.node())
            .edge("a", "b")
            .edge("b", "c")
            .edge("c", "d")
            .build();
    RunResult stalled =
        lab.run(flow, Map.of(), RunOptions.runId("r").withTargets(List.of("b")));
    assertThat(stalled.status()).isEqualTo(RunStatus.STALLED);
    assertThat(tally.ran()).containsExactly("a", "b");

    RunResult result = retry();

    assertThat(result.status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(tally.ran()).containsExactly("a", "b", "c", "d");
  }

  @Test
  void aWideRunRetriesEverythingThatFailed() {
    var builder = Flow.named("wide").node("begin", tally.node()).node("end", tally.node());
    for (int i : IntStream.range(0, 20).toArray()) {
      builder
          .node("n" + i, i % 2 == 0 ? tally.failing(1) : tally.node())
          .edge("begin", "n" + i)
          .edge("n" + i, "end");
    }
    RunResult failed = lab.settled(lab.launch(builder.build(), "r"));
    assertThat(failed.errors()).hasSize(10);

    RunResult result = retry();

    assertThat(result.status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(tally.count("n3")).isOne();
    assertThat(tally.count("n4")).isEqualTo(2);
    assertThat(tally.count("end")).isOne();
  }
}
