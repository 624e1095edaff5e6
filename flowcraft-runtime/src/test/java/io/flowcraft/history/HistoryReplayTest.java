package io.flowcraft.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flowcraft.error.ErrorCode;
import io.flowcraft.event.FlowEvent;
import io.flowcraft.event.FlowEvent.ContextChanged;
import io.flowcraft.event.FlowEvent.NodeAwaiting;
import io.flowcraft.event.FlowEvent.NodeBypassed;
import io.flowcraft.event.FlowEvent.NodeFailed;
import io.flowcraft.event.FlowEvent.NodeFallback;
import io.flowcraft.event.FlowEvent.NodeFinished;
import io.flowcraft.event.FlowEvent.NodeStarted;
import io.flowcraft.event.FlowEvent.RunFinished;
import io.flowcraft.event.FlowEvent.RunPaused;
import io.flowcraft.event.FlowEvent.RunResumed;
import io.flowcraft.event.FlowEvent.RunStalled;
import io.flowcraft.event.FlowEvent.RunStarted;
import io.flowcraft.node.NodeResult;
import io.flowcraft.run.NodeStatus;
import io.flowcraft.run.RunError;
import io.flowcraft.run.RunStatus;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HistoryReplayTest {

  private static FlowEvent begins() {
    return new RunStarted(Events.ORIGIN);
  }

  private static FlowEvent ends(RunStatus status, RunError... errors) {
    return new RunFinished(Events.ORIGIN, status, List.of(errors));
  }

  private static FlowEvent starts(String nodeId, String iteration) {
    return new NodeStarted(Events.ORIGIN, nodeId, iteration, false, null);
  }

  private static FlowEvent finishes(String nodeId, String iteration, NodeResult result) {
    return new NodeFinished(Events.ORIGIN, nodeId, iteration, result);
  }

  private static FlowEvent finishes(String nodeId, Object output) {
    return finishes(nodeId, "", NodeResult.output(output));
  }

  private static RunError error(String nodeId) {
    return new RunError(ErrorCode.NODE_FAILED, nodeId, "failed", List.of(), null, false);
  }

  private static FlowEvent fails(String nodeId) {
    return new NodeFailed(Events.ORIGIN, nodeId, "", error(nodeId));
  }

  private static FlowEvent fallsBack(String nodeId, String standIn) {
    return new NodeFallback(Events.ORIGIN, nodeId, "", standIn);
  }

  @Test
  void aRunIsWhatItsEventsSay() {
    ReplayedRun run =
        HistoryReplay.replay(
            List.of(
                begins(),
                starts("a", ""),
                new ContextChanged(Events.ORIGIN, "a", "kept", false, 1),
                new ContextChanged(Events.ORIGIN, "a", "gone", false, 2),
                finishes("a", "A"),
                starts("b", ""),
                finishes("b", "", NodeResult.none()),
                new ContextChanged(Events.ORIGIN, "b", "gone", true, null),
                new NodeBypassed(Events.ORIGIN, "c", "", "its join can't be satisfied"),
                ends(RunStatus.COMPLETED)));

    assertThat(run.runId()).isEqualTo("run");
    assertThat(run.blueprintId()).isEqualTo("order");
    assertThat(run.status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(run.nodes())
        .isEqualTo(
            Map.of("a", NodeStatus.COMPLETED, "b", NodeStatus.COMPLETED, "c", NodeStatus.SKIPPED));
    assertThat(run.outputs()).isEqualTo(Map.of("a", "A"));
    assertThat(run.context()).isEqualTo(Map.of("kept", 1, "a", "A", "_outputs.a", "A"));
    assertThat(run.errors()).isEmpty();
    assertThat(run.position()).isEqualTo(9);
  }

  @Test
  void timeTravelGoesToEveryPoint() {
    List<FlowEvent> events =
        List.of(
            begins(),
            starts("a", ""),
            finishes("a", 1),
            starts("w", ""),
            new NodeAwaiting(Events.ORIGIN, "w", "", "external_event", null),
            new RunPaused(Events.ORIGIN),
            new RunResumed(Events.ORIGIN),
            finishes("w", 2),
            ends(RunStatus.COMPLETED));

    List<ReplayedRun> runs =
        IntStream.range(0, events.size()).mapToObj(i -> HistoryReplay.at(events, i)).toList();

    assertThat(runs)
        .extracting(ReplayedRun::status)
        .containsExactly(
            RunStatus.RUNNING,
            RunStatus.RUNNING,
            RunStatus.RUNNING,
            RunStatus.RUNNING,
            RunStatus.RUNNING,
            RunStatus.AWAITING,
            RunStatus.RUNNING,
            RunStatus.RUNNING,
            RunStatus.COMPLETED);
    assertThat(runs.get(0).nodes()).isEmpty();
    assertThat(runs.get(1).nodes()).isEqualTo(Map.of("a", NodeStatus.RUNNING));
    assertThat(runs.get(2).outputs()).isEqualTo(Map.of("a", 1));
    assertThat(runs.get(5).awaiting()).containsExactly("w");
    assertThat(runs.get(7).awaiting()).isEmpty();
    assertThat(runs).extracting(ReplayedRun::position).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8);
    assertThat(runs.get(8)).isEqualTo(HistoryReplay.replay(events));
  }

  @Test
  void thereIsNothingBeforeTheFirstAndBehindTheLastEvent() {
    List<FlowEvent> events = List.of(begins());

    assertThatThrownBy(() -> HistoryReplay.at(events, 1))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> HistoryReplay.at(events, -1))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> HistoryReplay.replay(List.of()))
        .withMessageContaining("no event");
  }

  @Test
  void sleepsAreToldFromWaits() {
    ReplayedRun run =
        HistoryReplay.replay(
            List.of(
                begins(),
                new NodeAwaiting(Events.ORIGIN, "sleep", "", "timer", Events.ORIGIN.at()),
                new NodeAwaiting(Events.ORIGIN, "child", "", "subflow", null)));

    assertThat(run.nodes())
        .isEqualTo(Map.of("sleep", NodeStatus.TIMER, "child", NodeStatus.AWAITING));
    assertThat(run.awaiting()).containsExactly("sleep", "child");
  }

  @Test
  void ofLoopsTheLastIterationCounts() {
    ReplayedRun run =
        HistoryReplay.replay(
            List.of(
                begins(),
                finishes("a", "l#0", NodeResult.output(1)),
                finishes("a", "l#1", NodeResult.output(2)),
                finishes("b", "l#0", NodeResult.output(3)),
                finishes("b", "l#1", NodeResult.none()),
                starts("a", "l#2")));

    assertThat(run.nodes()).isEqualTo(Map.of("a", NodeStatus.RUNNING, "b", NodeStatus.COMPLETED));
    assertThat(run.outputs()).isEqualTo(Map.of("a", 2, "b", 3));
  }

  @Test
  void aStandInWorksForTheNodeThatFailed() {
    ReplayedRun run =
        HistoryReplay.replay(
            List.of(
                begins(),
                fallsBack("pay", "card"),
                fails("pay"),
                fallsBackAt("card", "!pay", "invoice"),
                new NodeFailed(Events.ORIGIN, "card", "!pay", error("card")),
                finishes("invoice", "!pay/!card", NodeResult.output("sent"))));

    assertThat(run.nodes())
        .isEqualTo(
            Map.of(
                "pay", NodeStatus.REPLACED,
                "card", NodeStatus.REPLACED,
                "invoice", NodeStatus.COMPLETED));
    assertThat(run.outputs()).isEqualTo(Map.of("pay", "sent", "card", "sent", "invoice", "sent"));
    assertThat(run.context())
        .containsEntry("invoice", "sent")
        .containsEntry("pay", null)
        .containsEntry("_outputs.card", null);
    assertThat(run.errors()).isEmpty();
  }

  private static FlowEvent fallsBackAt(String nodeId, String iteration, String standIn) {
    return new NodeFallback(Events.ORIGIN, nodeId, iteration, standIn);
  }

  @Test
  void aStandInOfSeveralNodesWorksForEachApart() {
    ReplayedRun run =
        HistoryReplay.replay(
            List.of(
                begins(),
                fallsBack("a#1", "spare"),
                fails("a#1"),
                fallsBack("b", "spare"),
                fails("b"),
                finishes("spare", "!b", NodeResult.output("for b")),
                finishes("spare", "!a%231", NodeResult.output("for a"))));

    assertThat(run.outputs()).isEqualTo(Map.of("a#1", "for a", "b", "for b", "spare", "for a"));
  }

  @Test
  void aStandInThatFailsLeavesAnError() {
    ReplayedRun run =
        HistoryReplay.replay(
            List.of(
                begins(),
                fallsBack("pay", "card"),
                fails("pay"),
                new NodeFailed(Events.ORIGIN, "card", "!pay", error("card"))));

    assertThat(run.nodes())
        .isEqualTo(Map.of("pay", NodeStatus.REPLACED, "card", NodeStatus.FAILED));
    assertThat(run.errors()).containsExactly(error("card"));
    assertThat(run.outputs()).isEmpty();
  }

  @Test
  void aResultThatLedNowhereCountsForNothing() {
    ReplayedRun failed = HistoryReplay.replay(List.of(begins(), finishes("a", 1), fails("a")));
    ReplayedRun replaced =
        HistoryReplay.replay(
            List.of(begins(), finishes("a", 1), fallsBack("a", "spare"), fails("a")));

    assertThat(failed.nodes()).isEqualTo(Map.of("a", NodeStatus.FAILED));
    assertThat(failed.outputs()).isEmpty();
    assertThat(failed.context()).isEmpty();
    assertThat(replaced.nodes()).isEqualTo(Map.of("a", NodeStatus.REPLACED));
    assertThat(replaced.outputs()).isEmpty();
    assertThat(replaced.context()).containsOnlyKeys("a", "_outputs.a").containsEntry("a", null);
  }

  @Test
  void aRepairedRunHasNoErrorsAnyMore() {
    List<FlowEvent> events =
        List.of(
            begins(),
            starts("a", ""),
            fails("a"),
            ends(RunStatus.FAILED, error("a")),
            new RunResumed(Events.ORIGIN),
            starts("a", ""),
            finishes("a", 1),
            ends(RunStatus.COMPLETED));

    assertThat(HistoryReplay.at(events, 3).errors()).containsExactly(error("a"));
    assertThat(HistoryReplay.at(events, 5).status()).isEqualTo(RunStatus.RUNNING);
    assertThat(HistoryReplay.at(events, 5).errors()).isEmpty();
    assertThat(HistoryReplay.replay(events).errors()).isEmpty();
    assertThat(HistoryReplay.replay(events).nodes()).isEqualTo(Map.of("a", NodeStatus.COMPLETED));
  }

  @Test
  void theErrorsOfAnEndedRunAreThoseThatItNames() {
    RunError cancelled =
        new RunError(ErrorCode.CANCELLED, null, "Workflow cancelled", List.of(), null, false);

    ReplayedRun run =
        HistoryReplay.replay(
            List.of(begins(), fails("tolerated"), ends(RunStatus.CANCELLED, cancelled)));

    assertThat(run.status()).isEqualTo(RunStatus.CANCELLED);
    assertThat(run.errors()).containsExactly(cancelled);
  }

  @Test
  void aStalledRunIsStalled() {
    List<FlowEvent> events =
        List.of(begins(), new RunStalled(Events.ORIGIN, 2), ends(RunStatus.STALLED));

    assertThat(HistoryReplay.at(events, 1).status()).isEqualTo(RunStatus.STALLED);
    assertThat(HistoryReplay.replay(events).status()).isEqualTo(RunStatus.STALLED);
  }

  @Test
  void eventsOfOtherRunsArePassedOver() {
    ReplayedRun run =
        HistoryReplay.replay(
            List.of(
                begins(),
                new RunStarted(Events.CHILD),
                new NodeFinished(Events.CHILD, "a", "", NodeResult.output(1)),
                new RunFinished(Events.CHILD, RunStatus.COMPLETED, List.of())));

    assertThat(run.runId()).isEqualTo("run");
    assertThat(run.status()).isEqualTo(RunStatus.RUNNING);
    assertThat(run.nodes()).isEmpty();
  }

  @Test
  void theTextOfARunTellsNoData() {
    ReplayedRun run = HistoryReplay.replay(List.of(begins(), finishes("a", "secret")));

    assertThat(run.toString()).contains("run", "order", "RUNNING", "a").doesNotContain("secret");
  }
}
