package io.flowcraft.runtime;

import static io.flowcraft.runtime.Codes.assertCode;
import static org.assertj.core.api.Assertions.assertThat;

import io.flowcraft.error.ErrorCode;
import io.flowcraft.flow.Flow;
import io.flowcraft.node.NodeResult;
import io.flowcraft.run.NodeStatus;
import io.flowcraft.run.Resume;
import io.flowcraft.run.RunExplanation;
import io.flowcraft.run.RunOptions;
import io.flowcraft.run.RunResult;
import io.flowcraft.run.RunStatus;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What an operator can do to a run, and what a run says about itself. */
class RepairTest {

  private final Tally tally = new Tally();
  private final Lab lab = new Lab();

  @AfterEach
  void close() {
    lab.close();
  }

  private Flow broken() {
    return Flow.named("broken")
        .node("a", tally.node())
        .node("bad", tally.failing(9))
        .node("left", tally.echo())
        .node("right", tally.echo())
        .edge("a", "bad")
        .edge("bad", "left")
        .edge("bad", "right", edge -> edge.on("right"))
        .build();
  }

  private Flow waiting() {
    return Flow.named("waiting")
        .node("a", tally.node())
        .wait("w")
        .node("end", tally.echo())
        .edge("a", "w")
        .edge("w", "end")
        .build();
  }

  @Test
  void aFailedNodeIsCompletedByHand() {
    lab.launch(broken(), "r");

    NodeResult given = NodeResult.output("by hand").withAction("right");
    RunResult result = lab.settled(lab.runtime.completeNode("r", "bad", given));

    assertThat(result.status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(result.errors()).isEmpty();
    assertThat(result.outputs()).containsEntry("right", "by hand").doesNotContainKey("left");
    assertThat(tally.ran()).containsExactly("a", "bad", "right");
  }

  @Test
  void aFailedNodeIsSkippedByHand() {
    lab.launch(broken(), "r");

    RunResult result = lab.settled(lab.runtime.skipNode("r", "bad"));

    assertThat(result.status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(result.outputs()).doesNotContainKey("bad");
    assertThat(tally.ran()).containsExactly("a", "bad", "left");
  }

  @Test
  void otherFailuresStay() {
    Flow flow =
        Flow.named("two")
            .node("a", tally.node())
            .node("b1", tally.failing(9))
            .node("b2", tally.failing(9))
            .node("c1", tally.echo())
            .node("c2", tally.echo())
            .edge("a", "b1")
            .edge("a", "b2")
            .edge("b1", "c1")
            .edge("b2", "c2")
            .build();
    lab.launch(flow, "r");

    RunResult result = lab.settled(lab.runtime.completeNode("r", "b1", NodeResult.output(1)));

    assertThat(result.status()).isEqualTo(RunStatus.FAILED);
    assertThat(result.errors())
        .singleElement()
        .satisfies(e -> assertThat(e.nodeId()).isEqualTo("b2"));
    assertThat(tally.ran()).containsExactly("a", "b1", "b2", "c1");
    assertThat(result.nodes()).containsEntry("c2", NodeStatus.SKIPPED);
  }

  @Test
  void aFailedStandInIsCompletedByHand() {
    Flow flow =
        Flow.named("standin")
            .node("a", tally.failing(9), node -> node.fallback("b"))
            .node("b", tally.failing(9))
            .node("end", tally.echo())
            .edge("a", "end")
            .build();
    lab.launch(flow, "r");

    RunResult result = lab.settled(lab.runtime.completeNode("r", "b", NodeResult.output("ok")));

    assertThat(result.status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(result.outputs()).containsEntry("end", "ok").containsEntry("a", "ok");
    assertThat(tally.ran()).containsExactly("a", "b", "end");
  }

  @Test
  void aWaitingNodeIsCompletedByHand() {
    lab.launch(waiting(), "r");

    RunResult result = lab.settled(lab.runtime.completeNode("r", "w", NodeResult.output("ok")));

    assertThat(result.outputs()).containsEntry("end", "ok");
  }

  @Test
  void aSleepingNodeIsSkippedByHand() {
    Flow flow =
        Flow.named("sleeping")
            .sleep("nap", Duration.ofDays(1))
            .node("end", tally.node())
            .edge("nap", "end")
            .build();
    lab.launch(flow, "r");

    assertThat(lab.settled(lab.runtime.skipNode("r", "nap")).status())
        .isEqualTo(RunStatus.COMPLETED);
    assertThat(lab.time.timers()).isZero();
  }

  @Test
  void aSubflowThatIsCompletedByHandLeavesNoChildBehind() {
    Flow parent =
        Flow.named("parent")
            .subflow("sub", waiting())
            .node("p", tally.echo())
            .edge("sub", "p")
            .build();
    lab.launch(parent, "r");

    RunResult result = lab.settled(lab.runtime.completeNode("r", "sub", NodeResult.output(1)));

    assertThat(result.outputs()).containsEntry("p", 1);
    assertThat(lab.runtime.handle("r/sub").snapshot().status()).isEqualTo(RunStatus.CANCELLED);
  }

  @Test
  void whatNeitherWaitsNorFailedIsLeftAlone() {
    lab.launch(waiting(), "w");
    lab.launch(broken(), "b");
    lab.launch(Flow.named("good").node("a", tally.node()).build(), "g");

    assertCode(ErrorCode.RUN_UNKNOWN, () -> lab.runtime.skipNode("nobody", "a"));
    assertCode(ErrorCode.RUN_STATE, () -> lab.runtime.skipNode("w", "a"));
    assertCode(ErrorCode.RUN_STATE, () -> lab.runtime.skipNode("w", "ghost"));
    assertCode(ErrorCode.RUN_STATE, () -> lab.runtime.skipNode("b", "a"));
    assertCode(ErrorCode.RUN_STATE, () -> lab.runtime.skipNode("b", "ghost"));
    assertCode(ErrorCode.RUN_STATE, () -> lab.runtime.skipNode("g", "a"));
    assertCode(
        ErrorCode.VALUE_UNSERIALIZABLE,
        () -> lab.runtime.completeNode("b", "bad", NodeResult.output(new Object())));

    assertThat(lab.runtime.handle("b").snapshot().nodes()).containsEntry("bad", NodeStatus.FAILED);
  }

  @Test
  void aFailureInARunThatStillWaitsIsCompletedByHandToo() {
    Flow flow =
        Flow.named("both")
            .node("bad", tally.failing(9))
            .node("after", tally.echo())
            .wait("w")
            .node("end", tally.echo())
            .edge("bad", "after")
            .edge("w", "end")
            .build();
    assertThat(lab.settled(lab.launch(flow, "r")).status()).isEqualTo(RunStatus.AWAITING);

    RunResult mended = lab.settled(lab.runtime.completeNode("r", "bad", NodeResult.output("m")));
    assertThat(mended.status()).isEqualTo(RunStatus.AWAITING);
    assertThat(mended.outputs()).containsEntry("after", "m");

    RunResult result = lab.resume("r", "w", Resume.with(1));
    assertThat(result.status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(result.errors()).isEmpty();
  }

  @Test
  void aRunExplainsWhatItWaitsFor() {
    Flow child = Flow.named("child").wait("inner").build();
    Flow flow =
        Flow.named("all")
            .node("a", tally.node())
            .wait("w", node -> node.timeout(Duration.ofHours(1)))
            .sleep("s", Duration.ofHours(2))
            .subflow("sub", child)
            .node("bad", tally.failing(9))
            .node("dead", tally.node())
            .node("end", tally.node())
            .edge("a", "w")
            .edge("a", "s")
            .edge("a", "sub")
            .edge("a", "bad")
            .edge("bad", "dead")
            .edge("w", "end")
            .edge("s", "end")
            .build();
    lab.launch(flow, "r");

    RunExplanation explanation = lab.runtime.explain("r");

    assertThat(explanation.status()).isEqualTo(RunStatus.AWAITING);
    assertThat(explanation.toString())
        .startsWith("run r of all is AWAITING\n")
        .contains(
            "  w: AWAITING since 2030-01-01T00:00:00Z, waits for external_event, wakes up at"
                + " 2030-01-01T01:00:00Z -> resume the run at this node, or complete the node by"
                + " hand")
        .contains(
            "  s: TIMER since 2030-01-01T00:00:00Z, waits for timer, wakes up at"
                + " 2030-01-01T02:00:00Z")
        .contains("  sub: AWAITING since 2030-01-01T00:00:00Z, waits for run r/sub -> explain the")
        .contains("bad: FAILED since 2030-01-01T00:00:00Z, failed: [FC-3002]")
        .contains("boom in bad -> retry the run")
        .contains("  end: WAITING, waits for w, s")
        .doesNotContain("dead")
        .doesNotContain("  a:");
  }

  @Test
  void aRunExplainsWhatRuns() {
    Flow flow =
        Flow.named("slow")
            .nodeAsync("slow", c -> new CompletableFuture<>())
            .node("end", tally.node())
            .edge("slow", "end")
            .build();
    lab.start(flow, Map.of(), RunOptions.runId("r"));

    assertThat(lab.runtime.explain("r").toString())
        .contains("slow: QUEUED -> a worker will take it");
    lab.drain();
    assertThat(lab.runtime.explain("r").toString())
        .contains("slow: RUNNING since 2030-01-01T00:00:00Z")
        .contains("end: WAITING, waits for slow");
  }

  @Test
  void anEndedRunHasLittleToExplain() {
    lab.launch(Flow.named("good").node("a", tally.node()).build(), "g");

    assertThat(lab.runtime.explain("g").toString()).isEqualTo("run g of good is COMPLETED");
    assertCode(ErrorCode.RUN_UNKNOWN, () -> lab.runtime.explain("nobody"));
  }

  @Test
  void endedRunsCanBeDeleted() {
    lab.launch(broken(), "r");
    lab.launch(waiting(), "w");

    assertCode(ErrorCode.RUN_STATE, () -> lab.runtime.delete("w"));
    assertCode(ErrorCode.RUN_UNKNOWN, () -> lab.runtime.delete("nobody"));
    lab.runtime.delete("r");

    assertCode(ErrorCode.RUN_UNKNOWN, () -> lab.runtime.handle("r"));
    assertThat(List.of(lab.runtime.handle("w").runId())).containsExactly("w");
  }
}
