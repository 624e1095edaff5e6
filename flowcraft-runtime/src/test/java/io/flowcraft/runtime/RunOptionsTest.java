package io.flowcraft.runtime;

import static io.flowcraft.runtime.Codes.assertCode;
import static org.assertj.core.api.Assertions.assertThat;

import io.flowcraft.error.ErrorCode;
import io.flowcraft.flow.Flow;
import io.flowcraft.flow.FlowBuilder;
import io.flowcraft.node.NodeResult;
import io.flowcraft.run.NodeStatus;
import io.flowcraft.run.Resume;
import io.flowcraft.run.RunHandle;
import io.flowcraft.run.RunOptions;
import io.flowcraft.run.RunOptions.FailurePolicy;
import io.flowcraft.run.RunResult;
import io.flowcraft.run.RunStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Failure policy, targets, concurrency: how a run is started. */
class RunOptionsTest {

  private final Tally tally = new Tally();
  private final Lab lab = new Lab();

  @AfterEach
  void close() {
    lab.close();
  }

  private Flow twoBranches() {
    return Flow.named("two")
        .node("begin", tally.node())
        .node("bad", tally.failing(9))
        .node("good1", tally.node())
        .node("good2", tally.node())
        .node("good3", tally.node())
        .edge("begin", "bad")
        .edge("begin", "good1")
        .edge("good1", "good2")
        .edge("good2", "good3")
        .build();
  }

  @Test
  void otherBranchesRunToTheirEnds() {
    RunResult result = lab.run(twoBranches());

    assertThat(result.status()).isEqualTo(RunStatus.FAILED);
    assertThat(tally.ran()).contains("good3");
  }

  @Test
  void orNothingNewBeginsAfterAFailure() {
    RunResult result =
        lab.run(twoBranches(), Map.of(), RunOptions.DEFAULT.withFailurePolicy(FailurePolicy.STOP));

    assertThat(result.status()).isEqualTo(RunStatus.FAILED);
    assertThat(result.errors()).hasSize(1);
    assertThat(tally.ran()).contains("bad").doesNotContain("good3");
  }

  @Test
  void aFailureThatStopsTheRunTellsTheOthers() {
    AtomicBoolean told = new AtomicBoolean();
    Flow flow =
        Flow.named("flow")
            .nodeAsync(
                "slow",
                c -> {
                  c.cancellation().onCancel(() -> told.set(true));
                  return new CompletableFuture<>();
                })
            .node("bad", tally.failing(9))
            .wait("w")
            .build();

    RunResult result =
        lab.run(flow, Map.of(), RunOptions.DEFAULT.withFailurePolicy(FailurePolicy.STOP));

    assertThat(told).isTrue();
    assertThat(result.status()).isEqualTo(RunStatus.FAILED);
    assertThat(result.errors())
        .singleElement()
        .satisfies(error -> assertThat(error.nodeId()).isEqualTo("bad"));
  }

  @Test
  void aHandledFailureStopsNothing() {
    Flow flow =
        Flow.named("flow")
            .node("bad", tally.failing(9), node -> node.fallback("spare"))
            .node("spare", tally.node())
            .node("end", tally.node())
            .edge("bad", "end")
            .build();

    assertThat(
            lab.run(flow, Map.of(), RunOptions.DEFAULT.withFailurePolicy(FailurePolicy.STOP))
                .status())
        .isEqualTo(RunStatus.COMPLETED);
  }

  private Flow chain() {
    return Flow.named("chain")
        .node("a", tally.node())
        .node("b", tally.node())
        .node("b2", tally.node())
        .node("c", tally.node())
        .edge("a", "b")
        .edge("a", "b2")
        .edge("b", "c")
        .build();
  }

  @Test
  void aPartialRunGoesNoFurtherThanItsTargets() {
    RunResult result = lab.run(chain(), Map.of(), RunOptions.DEFAULT.withTargets(List.of("b")));

    assertThat(result.status()).isEqualTo(RunStatus.STALLED);
    assertThat(result.outputs()).containsKeys("a", "b");
    assertThat(tally.ran()).contains("a", "b").doesNotContain("c");
  }

  @Test
  void targetsThatAreTheEndsAreAWholeRun() {
    RunResult result =
        lab.run(chain(), Map.of(), RunOptions.DEFAULT.withTargets(List.of("c", "b2")));

    assertThat(result.status()).isEqualTo(RunStatus.COMPLETED);
  }

  @Test
  void targetsThatCanNotBeReachedDoNotHangTheRun() {
    Flow flow =
        Flow.named("flow")
            .node("a", c -> NodeResult.action("other"))
            .node("b", tally.node())
            .edge("a", "b", edge -> edge.on("this"))
            .build();

    assertThat(lab.run(flow, Map.of(), RunOptions.DEFAULT.withTargets(List.of("b"))).status())
        .isEqualTo(RunStatus.COMPLETED);
  }

  @Test
  void targetsThatDoNotExistAreRefused() {
    assertCode(
        ErrorCode.BLUEPRINT_INVALID,
        () -> lab.start(chain(), Map.of(), RunOptions.runId("r").withTargets(List.of("ghost"))));
    assertCode(ErrorCode.RUN_UNKNOWN, () -> lab.runtime.handle("r"));
  }

  @Test
  void aPartialRunMayWait() {
    Flow flow =
        Flow.named("flow")
            .node("a", tally.node())
            .wait("w")
            .node("b", tally.node())
            .node("c", tally.node())
            .edge("a", "w")
            .edge("w", "b")
            .edge("b", "c")
            .build();
    RunHandle handle = lab.start(flow, Map.of(), RunOptions.runId("r").withTargets(List.of("b")));
    assertThat(lab.settled(handle).status()).isEqualTo(RunStatus.AWAITING);

    RunResult result = lab.resume("r", "w", Resume.empty());

    assertThat(result.status()).isEqualTo(RunStatus.STALLED);
    assertThat(tally.ran()).containsExactly("a", "b");
  }

  /** Asynchronous nodes, all of which can be open at a time. */
  private Flow wide(int width, List<CompletableFuture<NodeResult>> open) {
    FlowBuilder builder =
        Flow.named("wide" + width).node("end", c -> NodeResult.output(c.inputs().size()));
    for (int i = 0; i < width; i++) {
      builder
          .nodeAsync(
              "n" + i,
              c -> {
                CompletableFuture<NodeResult> future = new CompletableFuture<>();
                open.add(future);
                return future;
              })
          .edge("n" + i, "end");
    }
    return builder.build();
  }

  @Test
  void atMostSoManyNodesOfARunExecuteAtATime() {
    List<CompletableFuture<NodeResult>> open = new ArrayList<>();
    RunHandle handle = lab.start(wide(10, open), Map.of(), RunOptions.DEFAULT.withConcurrency(3));
    int done = 0;
    for (int expected : new int[] {3, 4, 5, 6, 7, 8, 9, 10, 10, 10}) {
      lab.drain();
      assertThat(open).hasSize(expected);
      open.get(done++).complete(NodeResult.output(1));
    }

    RunResult result = lab.settled(handle);
    assertThat(result.status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(result.outputs()).containsEntry("end", 10);
  }

  @Test
  void nodesThatFailOrWaitGiveTheirPlacesBack() {
    Flow flow =
        Flow.named("flow")
            .node("bad1", tally.failing(9))
            .node("bad2", tally.failing(9))
            .wait("w1")
            .wait("w2")
            .node("good1", tally.node())
            .node("good2", tally.node())
            .node("after", tally.echo())
            .edge("w1", "after")
            .build();
    RunHandle handle = lab.start(flow, Map.of(), RunOptions.runId("r").withConcurrency(1));

    assertThat(lab.settled(handle).status()).isEqualTo(RunStatus.AWAITING);
    assertThat(tally.ran()).containsExactlyInAnyOrder("bad1", "bad2", "good1", "good2");
    lab.resume("r", "w1", Resume.with(1));
    assertThat(lab.resume("r", "w2", Resume.with(2)).status()).isEqualTo(RunStatus.FAILED);
    assertThat(tally.count("after")).isOne();
  }

  @Test
  void aLimitedRunIsCancelledWithItsWaitingNodes() {
    List<CompletableFuture<NodeResult>> open = new ArrayList<>();
    lab.start(wide(10, open), Map.of(), RunOptions.runId("r").withConcurrency(3));
    lab.drain();

    RunResult result = lab.settled(lab.runtime.cancel("r", "enough"));

    assertThat(result.status()).isEqualTo(RunStatus.CANCELLED);
    assertThat(open).hasSize(3);
    assertThat(result.nodes()).containsEntry("end", NodeStatus.WAITING);
  }

  @Test
  void cyclesCanBeRefused() {
    Flow cyclic =
        Flow.named("cyclic")
            .node("a", tally.node())
            .node("b", tally.node(), node -> node.join(io.flowcraft.blueprint.Join.any()))
            .node("c", c -> NodeResult.action("done"))
            .edge("a", "b")
            .edge("b", "c")
            .edge("c", "b", edge -> edge.on("again"))
            .build();
    Flow controlled =
        Flow.named("controlled")
            .node("a", tally.node())
            .loop("loop", "false", l -> l.start("a").end("a"))
            .node("end", tally.node())
            .edge("loop", "end")
            .build();

    assertCode(
        ErrorCode.BLUEPRINT_CYCLIC,
        () -> lab.start(cyclic, Map.of(), RunOptions.DEFAULT.withAcyclic(true)));
    assertThat(lab.run(cyclic).status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(lab.run(controlled, Map.of(), RunOptions.DEFAULT.withAcyclic(true)).status())
        .isEqualTo(RunStatus.COMPLETED);
  }
}
