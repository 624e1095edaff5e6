package io.flowcraft.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.flowcraft.error.ErrorCode;
import io.flowcraft.error.FlowcraftException;
import io.flowcraft.event.FlowEvent;
import io.flowcraft.flow.Flow;
import io.flowcraft.node.NodeResult;
import io.flowcraft.run.NodeReport;
import io.flowcraft.run.Resume;
import io.flowcraft.run.RunOptions;
import io.flowcraft.run.RunStatus;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What people do with runs. */
class RunsTest extends Suite {

  @ParameterizedTest
  @EnumSource(Stack.class)
  void aRunIsStartedOnce(Stack stack) {
    Flow flow =
        Flow.named("once")
            .node(
                "only",
                c -> NodeResult.output(c.dependency(Marks.class).count("only of " + c.runId())))
            .build();

    play(
        stack,
        flow,
        play -> {
          play.start();
          play.rest();
          play.start();
          play.rest(play.other().start(flow, Map.of(), RunOptions.runId(play.runId())));
          assertThat(play.seen().get(1).outputs()).containsEntry("only", 1);
          FlowcraftException refused =
              catchThrowableOfType(
                  FlowcraftException.class, () -> play.start(Map.of("x", 1), RunOptions.DEFAULT));
          assertThat(refused.code()).isEqualTo(ErrorCode.RUN_CONFLICT);
        });
  }

  @ParameterizedTest
  @EnumSource(Stack.class)
  void aRunIsCancelledFromElsewhere(Stack stack) {
    Flow flow =
        Flow.named("cancelled")
            .node("from", Nodes.OWN_ID)
            .nodeAsync("slow", Nodes.until("never"))
            .node("end", Nodes.OWN_ID)
            .edge("from", "slow")
            .edge("slow", "end")
            .build();

    List<Observed> seen =
        play(
            stack,
            flow,
            play -> {
              play.start();
              play.awaitRunning("slow");
              play.rest(play.other().cancel(play.runId(), "nobody wants it"));
            });

    assertThat(seen).singleElement().extracting(Observed::status).isEqualTo(RunStatus.CANCELLED);
    assertThat(seen.get(0).outputs()).doesNotContainKey("end");
  }

  @ParameterizedTest
  @EnumSource(Stack.class)
  void aWaitingRunIsCancelledWithItsChild(Stack stack) {
    Flow flow =
        Flow.named("cancelled-parent")
            .subflow("sub", Flow.named("cancelled-child").wait("ask").build())
            .build();

    List<Observed> seen =
        play(
            stack,
            flow,
            play -> {
              play.start();
              play.rest();
              play.rest(play.other().cancel(play.runId(), "nobody wants it"));
              assertThat(play.other().handle(play.runId() + "/sub").snapshot().status())
                  .isEqualTo(RunStatus.CANCELLED);
            });

    assertThat(seen)
        .extracting(Observed::status)
        .containsExactly(RunStatus.AWAITING, RunStatus.CANCELLED);
  }

  @ParameterizedTest
  @EnumSource(Stack.class)
  void aRunExplainsItself(Stack stack) {
    Flow flow =
        Flow.named("explained")
            .node("from", Nodes.OWN_ID)
            .wait("ask")
            .node("broken", Nodes.BROKEN)
            .node("end", Nodes.OWN_ID)
            .edge("from", "ask")
            .edge("from", "broken")
            .edge("ask", "end")
            .build();

    play(
        stack,
        flow,
        play -> {
          play.start();
          play.rest();
          assertThat(play.explain().nodes())
              .extracting(NodeReport::nodeId)
              .containsExactlyInAnyOrder("ask", "broken", "end");
          assertThat(report(play, "ask").waitsFor()).containsExactly("external_event");
          assertThat(report(play, "broken").error()).isNotNull();
        });
  }

  private static NodeReport report(Play play, String nodeId) {
    return play.explain().nodes().stream()
        .filter(node -> node.nodeId().equals(nodeId))
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest
  @EnumSource(Stack.class)
  void peopleCompleteAndSkipNodes(Stack stack) {
    Flow flow =
        Flow.named("by-hand")
            .wait("ask")
            .wait("second")
            .node("end", Nodes.INPUTS)
            .edge("ask", "second")
            .edge("second", "end")
            .build();

    List<Observed> seen =
        play(
            stack,
            flow,
            play -> {
              play.start();
              play.rest();
              play.rest(
                  play.other().completeNode(play.runId(), "ask", NodeResult.output("by hand")));
              play.rest(play.other().skipNode(play.runId(), "second"));
            });

    assertThat(seen)
        .extracting(Observed::status)
        .containsExactly(RunStatus.AWAITING, RunStatus.AWAITING, RunStatus.COMPLETED);
  }

  @ParameterizedTest
  @EnumSource(Stack.class)
  void aRunHasAHistory(Stack stack) {
    Flow flow =
        Flow.named("history")
            .node("from", Nodes.OWN_ID)
            .wait("ask")
            .node("end", Nodes.OWN_ID)
            .edge("from", "ask")
            .edge("ask", "end")
            .build();

    play(
        stack,
        flow,
        play -> {
          play.start();
          play.rest();
          play.answer("ask", Resume.empty());
          assertThat(play.other().history(play.runId()))
              .filteredOn(event -> event instanceof FlowEvent.NodeFinished)
              .extracting(event -> ((FlowEvent.NodeFinished) event).nodeId())
              .contains("from", "end");
        });
  }

  @ParameterizedTest
  @EnumSource(Stack.class)
  void aLimitHoldsBackWhatIsReady(Stack stack) {
    var builder = Flow.named("limited").node("from", Nodes.OWN_ID).node("join", Nodes.INPUTS);
    for (int i = 0; i < 12; i++) {
      builder.node("n" + i, Nodes.OWN_ID).edge("from", "n" + i).edge("n" + i, "join");
    }
    Flow flow = builder.build();

    List<Observed> seen =
        play(
            stack,
            flow,
            play -> {
              play.start(Map.of(), RunOptions.DEFAULT.withConcurrency(2));
              play.rest();
            });

    assertThat(seen).singleElement().extracting(Observed::status).isEqualTo(RunStatus.COMPLETED);
  }

  @ParameterizedTest
  @EnumSource(Stack.class)
  void aRunThatHasEndedIsDeletedAnywhere(Stack stack) {
    Flow flow = Flow.named("deleted").node("only", Nodes.OWN_ID).build();

    play(
        stack,
        flow,
        play -> {
          play.start();
          play.rest();
          play.other().delete(play.runId());
          FlowcraftException unknown =
              catchThrowableOfType(
                  FlowcraftException.class, () -> play.other().handle(play.runId()));
          assertThat(unknown.code()).isEqualTo(ErrorCode.RUN_UNKNOWN);
          play.start();
          play.rest();
        });
  }
}
