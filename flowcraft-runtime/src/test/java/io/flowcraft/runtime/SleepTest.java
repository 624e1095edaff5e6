package io.flowcraft.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowcraft.event.FlowEvent;
import io.flowcraft.flow.Flow;
import io.flowcraft.run.NodeStatus;
import io.flowcraft.run.Resume;
import io.flowcraft.run.RunHandle;
import io.flowcraft.run.RunResult;
import io.flowcraft.run.RunStatus;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Nodes that let time pass. */
class SleepTest {

  private final Tally tally = new Tally();
  private final Lab lab = new Lab();

  @AfterEach
  void close() {
    lab.close();
  }

  private Flow nap() {
    return Flow.named("nap")
        .node("before", tally.returns("dream"))
        .sleep("sleep", Duration.ofDays(3))
        .node("after", tally.echo())
        .edge("before", "sleep")
        .edge("sleep", "after")
        .build();
  }

  @Test
  void aSleepHandsOnItsInputWhenItsTimeHasCome() {
    RunHandle handle = lab.launch(nap(), "r");

    assertThat(handle.settled().toCompletableFuture()).isNotDone();
    assertThat(handle.snapshot().status()).isEqualTo(RunStatus.AWAITING);
    assertThat(handle.snapshot().nodes()).containsEntry("sleep", NodeStatus.TIMER);

    lab.advance(Duration.ofDays(3).minusMillis(1));
    assertThat(tally.ran()).containsExactly("before");
    lab.advance(Duration.ofMillis(1));

    RunResult result = handle.settled().toCompletableFuture().join();
    assertThat(result.status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(result.outputs()).containsEntry("sleep", "dream").containsEntry("after", "dream");
    assertThat(result.duration()).isEqualTo(Duration.ofDays(3));
  }

  @Test
  void otherBranchesGoOnMeanwhile() {
    Flow flow =
        Flow.named("branches")
            .node("begin", tally.node())
            .sleep("short", Duration.ofSeconds(1))
            .sleep("long", Duration.ofSeconds(5))
            .node("s", tally.node())
            .node("l", tally.node())
            .node("now", tally.node())
            .edge("begin", "long")
            .edge("begin", "short")
            .edge("begin", "now")
            .edge("short", "s")
            .edge("long", "l")
            .build();
    RunHandle handle = lab.launch(flow, "r");

    assertThat(tally.ran()).containsExactly("begin", "now");
    lab.advance(Duration.ofSeconds(2));
    assertThat(tally.ran()).containsExactly("begin", "now", "s");
    assertThat(handle.settled().toCompletableFuture()).isNotDone();
    lab.advance(Duration.ofSeconds(3));
    assertThat(tally.ran()).containsExactly("begin", "now", "s", "l");
    assertThat(handle.settled().toCompletableFuture()).isDone();
  }

  @Test
  void aSleeperCanBeWokenBeforeItsTime() {
    RunHandle handle = lab.launch(nap(), "r");

    lab.resume("r", "sleep", Resume.empty());

    assertThat(handle.settled().toCompletableFuture().join().outputs())
        .containsEntry("after", "dream");
    lab.advance(Duration.ofDays(4));
    assertThat(tally.count("after")).isOne();
  }

  @Test
  void aSleepAndAWaitSettleOnceOnlyTheOutsideIsLeft() {
    Flow flow =
        Flow.named("both")
            .sleep("sleep", Duration.ofSeconds(1))
            .wait("wait")
            .node("end", tally.node())
            .edge("sleep", "end")
            .edge("wait", "end")
            .build();
    RunHandle handle = lab.launch(flow, "r");

    assertThat(handle.settled().toCompletableFuture()).isNotDone();
    lab.advance(Duration.ofSeconds(1));
    RunResult result = handle.settled().toCompletableFuture().join();

    assertThat(result.status()).isEqualTo(RunStatus.AWAITING);
    assertThat(result.awaiting()).containsExactly("wait");
  }

  @Test
  void aSleepOfNoTimeIsNoObstacle() {
    Flow flow =
        Flow.named("zero")
            .sleep("sleep", Duration.ZERO)
            .node("end", tally.node())
            .edge("sleep", "end")
            .build();
    lab.launch(flow, "r");
    lab.advance(Duration.ZERO);

    assertThat(tally.ran()).containsExactly("end");
  }

  @Test
  void itsEventsTellWhenItWakesUp() {
    lab.launch(nap(), "r");
    lab.advance(Duration.ofDays(3));

    assertThat(lab.events(FlowEvent.NodeAwaiting.class))
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.nodeId()).isEqualTo("sleep");
              assertThat(event.reason()).isEqualTo("timer");
              assertThat(event.wakeUpAt()).isEqualTo(TestTime.START.plus(Duration.ofDays(3)));
            });
    assertThat(lab.events(FlowEvent.RunPaused.class)).hasSize(1);
    assertThat(lab.events(FlowEvent.RunResumed.class)).hasSize(1);
    assertThat(lab.events(FlowEvent.RunFinished.class)).hasSize(1);
  }

  @Test
  void theContextTellsUntilWhenItSleeps() {
    RunHandle handle = lab.launch(nap(), "r");

    assertThat(handle.snapshot().context())
        .containsEntry(
            "_awaitingDetails",
            Map.of("sleep", Map.of("reason", "timer", "wakeUpAt", "2030-01-04T00:00:00Z")));
  }
}
