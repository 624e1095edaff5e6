package io.flowcraft.runtime;

import static io.flowcraft.runtime.Codes.assertCode;
import static org.assertj.core.api.Assertions.assertThat;

import io.flowcraft.blueprint.Join;
import io.flowcraft.error.ErrorCode;
import io.flowcraft.flow.Flow;
import io.flowcraft.node.NodeResult;
import io.flowcraft.run.NodeStatus;
import io.flowcraft.run.Resume;
import io.flowcraft.run.RunResult;
import io.flowcraft.run.RunStatus;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Nodes that wait for the outside. */
class WaitTest {

  private final Tally tally = new Tally();
  private final Lab lab = new Lab();

  @AfterEach
  void close() {
    lab.close();
  }

  private Flow approval() {
    return Flow.named("approval")
        .node("ask", tally.returns("question"))
        .wait("wait")
        .node("done", tally.echo())
        .node("refused", tally.echo())
        .edge("ask", "wait")
        .edge("wait", "done")
        .edge("wait", "refused", edge -> edge.on("no"))
        .build();
  }

  @Test
  void aRunRestsUntilItIsAnswered() {
    RunResult paused = lab.settled(lab.launch(approval(), "r"));

    assertThat(paused.status()).isEqualTo(RunStatus.AWAITING);
    assertThat(paused.awaiting()).containsExactly("wait");
    assertThat(paused.nodes())
        .containsEntry("wait", NodeStatus.AWAITING)
        .containsEntry("done", NodeStatus.WAITING);
    assertThat(lab.store.find("r").toCompletableFuture().join().orElseThrow().status())
        .isEqualTo(RunStatus.AWAITING);

    RunResult done = lab.resume("r", "wait", Resume.with(Map.of("ok", true)));

    assertThat(done.status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(done.outputs())
        .containsEntry("wait", Map.of("ok", true))
        .containsEntry("done", Map.of("ok", true))
        .doesNotContainKey("refused");
    assertThat(done.awaiting()).isEmpty();
    assertThat(tally.ran()).containsExactly("ask", "done");
  }

  @Test
  void theActionOfTheAnswerChoosesTheEdge() {
    lab.launch(approval(), "r");

    RunResult done = lab.resume("r", "wait", Resume.action("no").output("why not"));

    assertThat(done.outputs()).containsEntry("refused", "why not").doesNotContainKey("done");
    assertThat(done.nodes()).containsEntry("done", NodeStatus.SKIPPED);
  }

  @Test
  void anAnswerMayBeEmptyOrNull() {
    lab.launch(approval(), "empty");
    lab.launch(approval(), "null");

    RunResult empty = lab.resume("empty", null, Resume.empty());
    RunResult nothing = lab.resume("null", null, Resume.with(null));

    assertThat(empty.outputs()).doesNotContainKey("wait");
    assertThat(nothing.outputs()).containsEntry("wait", null);
    assertThat(tally.count("done")).isEqualTo(2);
  }

  @Test
  void onlyOneAnswerCounts() {
    lab.launch(approval(), "r");
    lab.runtime.resume("r", "wait", Resume.with(1));

    assertCode(ErrorCode.RUN_STATE, () -> lab.runtime.resume("r", "wait", Resume.with(2)));
    lab.drain();

    assertCode(ErrorCode.RUN_STATE, () -> lab.runtime.resume("r", "wait", Resume.with(3)));
    assertThat(lab.runtime.handle("r").snapshot().outputs()).containsEntry("done", 1);
    assertThat(tally.count("done")).isOne();
  }

  @Test
  void whoDoesNotWaitCanNotBeAnswered() {
    lab.launch(approval(), "r");

    assertCode(ErrorCode.RUN_UNKNOWN, () -> lab.runtime.resume("nobody", null, Resume.empty()));
    assertCode(ErrorCode.RUN_STATE, () -> lab.runtime.resume("r", "ask", Resume.empty()));
    assertCode(ErrorCode.RUN_STATE, () -> lab.runtime.resume("r", "ghost", Resume.empty()));
    assertCode(
        ErrorCode.VALUE_UNSERIALIZABLE,
        () -> lab.runtime.resume("r", "wait", Resume.with(new Object())));

    assertThat(lab.resume("r", "wait", Resume.with(1)).status()).isEqualTo(RunStatus.COMPLETED);
  }

  @Test
  void severalWaitsAreAnsweredInAnyOrderWhileOtherBranchesGoOn() {
    Flow flow =
        Flow.named("several")
            .node("begin", tally.node())
            .wait("w1")
            .wait("w2")
            .node("after1", tally.echo())
            .node("after2", tally.echo())
            .node("other", tally.node())
            .node("end", c -> NodeResult.output(c.inputs()))
            .edge("begin", "w1")
            .edge("begin", "w2")
            .edge("begin", "other")
            .edge("w1", "after1")
            .edge("w2", "after2")
            .edge("after1", "end")
            .edge("after2", "end")
            .edge("other", "end")
            .build();

    RunResult first = lab.settled(lab.launch(flow, "r"));
    assertThat(tally.ran()).containsExactly("begin", "other");
    assertThat(first.awaiting()).containsExactlyInAnyOrder("w1", "w2");

    RunResult second = lab.resume("r", "w2", Resume.with("two"));
    assertThat(second.status()).isEqualTo(RunStatus.AWAITING);
    assertThat(second.awaiting()).containsExactly("w1");
    assertThat(tally.ran()).containsExactly("begin", "other", "after2");

    RunResult last = lab.resume("r", null, Resume.with("one"));
    assertThat(last.status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(last.outputs())
        .containsEntry("end", Map.of("after1", "one", "after2", "two", "other", "other"));
    assertThat(tally.ran()).doesNotHaveDuplicates();
  }

  @Test
  void aWaitThatIsNotAnsweredInTimeTakesItsTimeoutEdge() {
    Flow flow =
        Flow.named("patient")
            .wait("wait", node -> node.timeout(Duration.ofHours(1)))
            .node("answered", tally.echo())
            .node("late", tally.echo())
            .edge("wait", "answered")
            .edge("wait", "late", edge -> edge.on("timeout"))
            .build();
    lab.launch(flow, "r");

    lab.advance(Duration.ofMinutes(59));
    assertThat(tally.ran()).isEmpty();
    lab.advance(Duration.ofMinutes(1));

    assertThat(tally.ran()).containsExactly("late");
    assertThat(lab.runtime.handle("r").snapshot().status()).isEqualTo(RunStatus.COMPLETED);
  }

  @Test
  void withoutSuchAnEdgeTheTimeoutIsAFailure() {
    Flow flow =
        Flow.named("impatient")
            .wait("wait", node -> node.timeout(Duration.ofHours(1)))
            .node("answered", tally.echo())
            .edge("wait", "answered")
            .build();
    lab.launch(flow, "r");
    lab.advance(Duration.ofHours(2));

    RunResult failed = lab.runtime.handle("r").snapshot();

    assertThat(failed.status()).isEqualTo(RunStatus.FAILED);
    assertThat(failed.errors())
        .singleElement()
        .satisfies(
            error -> {
              assertThat(error.code()).isEqualTo(ErrorCode.NODE_TIMEOUT);
              assertThat(error.nodeId()).isEqualTo("wait");
            });
  }

  @Test
  void aFallbackStandsInForAWaitThatIsNotAnswered() {
    Flow flow =
        Flow.named("standin")
            .node("begin", tally.returns(7))
            .wait("wait", node -> node.timeout(Duration.ofHours(1)).fallback("assume"))
            .node("assume", c -> NodeResult.output("assumed " + c.input()))
            .node("answered", tally.echo())
            .edge("begin", "wait")
            .edge("wait", "answered")
            .build();
    lab.launch(flow, "r");
    lab.advance(Duration.ofHours(2));

    RunResult result = lab.runtime.handle("r").snapshot();

    assertThat(result.status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(result.outputs()).containsEntry("answered", "assumed 7");
  }

  @Test
  void anAnswerInTimeStopsTheClock() {
    Flow flow =
        Flow.named("answered")
            .wait("wait", node -> node.timeout(Duration.ofHours(1)))
            .wait("other")
            .node("end", tally.node())
            .edge("wait", "end")
            .edge("other", "end")
            .build();
    lab.launch(flow, "r");
    lab.resume("r", "wait", Resume.with(1));
    lab.advance(Duration.ofHours(2));

    assertThat(lab.time.timers()).isZero();
    assertThat(lab.resume("r", "other", Resume.with(2)).status()).isEqualTo(RunStatus.COMPLETED);
  }

  @Test
  void anyJoinGoesOnWithTheFirstAnswer() {
    Flow flow =
        Flow.named("first")
            .wait("w1")
            .wait("w2")
            .node("end", tally.echo(), node -> node.join(Join.any()))
            .edge("w1", "end")
            .edge("w2", "end")
            .build();
    lab.launch(flow, "r");

    RunResult first = lab.resume("r", "w2", Resume.with("fast"));
    assertThat(first.outputs()).containsEntry("end", "fast");
    assertThat(first.status()).isEqualTo(RunStatus.AWAITING);

    RunResult last = lab.resume("r", "w1", Resume.with("slow"));
    assertThat(last.status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(last.outputs()).containsEntry("end", "fast");
    assertThat(tally.count("end")).isOne();
  }

  @Test
  void aWaitInALoopWaitsInEachIteration() {
    Flow flow =
        Flow.named("rounds")
            .node("begin", tally.node())
            .wait("wait")
            .node(
                "check",
                c -> {
                  tally.note(c.idempotencyKey());
                  c.context().set("again", !"stop".equals(c.input()));
                  return NodeResult.output(c.input());
                })
            .loop("loop", "again", loop -> loop.start("wait").end("check"))
            .node("end", tally.echo())
            .edge("begin", "wait")
            .edge("wait", "check")
            .edge("loop", "end")
            .build();
    lab.launch(flow, "r");

    for (String word : List.of("a", "b", "c")) {
      assertThat(lab.resume("r", "wait", Resume.with(word)).awaiting()).containsExactly("wait");
    }
    RunResult result = lab.resume("r", "wait", Resume.with("stop"));

    assertThat(result.status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(result.outputs()).containsEntry("end", "stop");
    assertThat(tally.ran()).filteredOn(key -> key.contains("check")).hasSize(4);
  }
}
