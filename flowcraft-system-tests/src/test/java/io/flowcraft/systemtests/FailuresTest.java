package io.flowcraft.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowcraft.blueprint.Retry;
import io.flowcraft.flow.Flow;
import io.flowcraft.node.NodeResult;
import io.flowcraft.run.NodeStatus;
import io.flowcraft.run.RunOptions;
import io.flowcraft.run.RunStatus;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What fails is tried again, stood in for, or undone; the rest goes on. */
class FailuresTest extends Suite {

  private static final Duration SHORT = Duration.ofMillis(200);

  @ParameterizedTest
  @EnumSource(Stack.class)
  void aNodeIsTriedAgainAfterAWhile(Stack stack) {
    Flow flow =
        Flow.named("retries")
            .node(
                "flaky",
                c -> {
                  if (c.attempt() < 3) {
                    throw new IllegalStateException("attempt " + c.attempt());
                  }
                  return NodeResult.output(c.attempt());
                },
                node -> node.retry(Retry.exponential(SHORT).maxAttempts(4)))
            .node("end", Nodes.ECHO)
            .edge("flaky", "end")
            .build();

    assertThat(completes(stack, flow).outputs()).containsEntry("end", 3);
  }

  @ParameterizedTest
  @EnumSource(Stack.class)
  void attemptsEnd(Stack stack) {
    Flow flow =
        Flow.named("attempts")
            .node("broken", Nodes.BROKEN, node -> node.retry(Retry.fixed(SHORT).maxAttempts(2)))
            .node("end", Nodes.ECHO)
            .edge("broken", "end")
            .build();

    Observed seen = fails(stack, flow, RunOptions.DEFAULT);

    assertThat(seen.errors()).hasSize(1);
    assertThat(seen.nodes()).containsEntry("end", NodeStatus.SKIPPED);
  }

  private Observed fails(Stack stack, Flow flow, RunOptions options) {
    List<Observed> seen =
        play(
            stack,
            flow,
            play -> {
              play.start(Map.of(), options);
              play.rest();
            });
    assertThat(seen).singleElement().extracting(Observed::status).isEqualTo(RunStatus.FAILED);
    return seen.get(0);
  }

  @ParameterizedTest
  @EnumSource(Stack.class)
  void aFallbackStandsIn(Stack stack) {
    Flow flow =
        Flow.named("fallback")
            .node("from", Nodes.returns("given"))
            .node("broken", Nodes.BROKEN, node -> node.fallback("spare"))
            .node("spare", c -> NodeResult.output(c.input() + " spare").withAction("spared"))
            .node("end", Nodes.ECHO)
            .node("not", Nodes.ECHO)
            .edge("from", "broken")
            .edge("broken", "end", edge -> edge.on("spared"))
            .edge("broken", "not", edge -> edge.on("else"))
            .build();

    assertThat(completes(stack, flow).outputs())
        .containsEntry("end", "given spare")
        .doesNotContainKey("not");
  }

  @ParameterizedTest
  @EnumSource(Stack.class)
  void aSlowBranchBesideAFailureFinishes(Stack stack) {
    Flow flow =
        Flow.named("beside")
            .node("from", Nodes.OWN_ID)
            .node("broken", Nodes.BROKEN)
            .node("behind", Nodes.OWN_ID)
            .sleep("slow", SHORT)
            .node("after", Nodes.OWN_ID)
            .node("both", Nodes.OWN_ID)
            .edge("from", "broken")
            .edge("broken", "behind")
            .edge("from", "slow")
            .edge("slow", "after")
            .edge("after", "both")
            .edge("behind", "both")
            .build();

    assertThat(fails(stack, flow, RunOptions.DEFAULT).nodes())
        .containsEntry("after", NodeStatus.COMPLETED)
        .containsEntry("both", NodeStatus.SKIPPED);
  }

  @ParameterizedTest
  @EnumSource(Stack.class)
  void aNodeThatTakesTooLongIsGivenUp(Stack stack) {
    Flow flow =
        Flow.named("too-long")
            .nodeAsync(
                "slow",
                c ->
                    c.attempt() == 1
                        ? new CompletableFuture<>()
                        : CompletableFuture.completedFuture(NodeResult.output("second")),
                node -> node.timeout(SHORT).retry(Retry.fixed(Duration.ZERO).maxAttempts(2)))
            .nodeAsync(
                "never",
                c -> new CompletableFuture<>(),
                node -> node.timeout(SHORT).fallback("end"))
            .node("end", c -> NodeResult.output(c.input() + " to the end"))
            .edge("slow", "never")
            .build();

    assertThat(completes(stack, flow).outputs()).containsEntry("never", "second to the end");
  }

  @ParameterizedTest
  @EnumSource(Stack.class)
  void aRunMissesItsDeadline(Stack stack) {
    Flow flow =
        Flow.named("deadline")
            .sleep("long", Duration.ofHours(1))
            .node("end", Nodes.OWN_ID)
            .edge("long", "end")
            .build();

    fails(stack, flow, RunOptions.DEFAULT.withDeadline(Duration.ofMillis(600)));
  }

  @ParameterizedTest
  @EnumSource(Stack.class)
  void whatWasDoneIsUndone(Stack stack) {
    Flow flow =
        Flow.named("saga")
            .node("book", Nodes.OWN_ID, node -> node.compensate("unbook"))
            .node("pay", Nodes.OWN_ID, node -> node.compensate("repay"))
            .node("send", Nodes.BROKEN)
            .node("unbook", c -> undo(c.dependency(Marks.class), "unbook", c.input()))
            .node("repay", c -> undo(c.dependency(Marks.class), "repay", c.input()))
            .edge("book", "pay")
            .edge("pay", "send")
            .build();

    play(
        stack,
        flow,
        play -> {
          play.start();
          assertThat(play.rest().status()).isEqualTo(RunStatus.FAILED);
          assertThat(play.marks().mark("unbook with book")).isCompleted();
          assertThat(play.marks().mark("repay with pay")).isCompleted();
        });
  }

  @ParameterizedTest
  @EnumSource(Stack.class)
  void whatWasDoneIsUndoneWhenTheRunIsCancelled(Stack stack) {
    Flow flow =
        Flow.named("cancelled-saga")
            .node("book", Nodes.OWN_ID, node -> node.compensate("unbook"))
            .wait("approve")
            .node("send", Nodes.OWN_ID)
            .node("unbook", c -> undo(c.dependency(Marks.class), "unbook after", c.input()))
            .edge("book", "approve")
            .edge("approve", "send")
            .build();

    List<Observed> seen =
        play(
            stack,
            flow,
            play -> {
              play.start();
              play.rest();
              play.rest(play.other().cancel(play.runId(), "nobody wants it"));
              assertThat(play.marks().mark("unbook after with book")).isCompleted();
            });

    assertThat(seen)
        .extracting(Observed::status)
        .containsExactly(RunStatus.AWAITING, RunStatus.CANCELLED);
  }

  private static NodeResult undo(Marks marks, String what, Object with) {
    marks.reach(what + " with " + with);
    return NodeResult.none();
  }

  @ParameterizedTest
  @EnumSource(Stack.class)
  void aFailedRunGoesOnFromWhereItStopped(Stack stack) {
    Flow flow = weak("retried").build();

    List<Observed> seen =
        play(
            stack,
            flow,
            play -> {
              play.start();
              play.rest();
              play.rest(play.other().retry(play.runId()));
              assertThat(play.marks().count("start of " + play.runId())).isEqualTo(2);
            });

    assertThat(seen)
        .extracting(Observed::status)
        .containsExactly(RunStatus.FAILED, RunStatus.COMPLETED);
    assertThat(seen.get(1).outputs())
        .containsEntry("end", Map.of("weak", "weak", "beside", "beside"));
  }

  @ParameterizedTest
  @EnumSource(Stack.class)
  void soDoesAFailedChild(Stack stack) {
    Flow flow =
        Flow.named("retried-parent")
            .node("before", Nodes.OWN_ID)
            .subflow("sub", weak("retried-child").build())
            .node("after", Nodes.OWN_ID)
            .edge("before", "sub")
            .edge("sub", "after")
            .build();

    List<Observed> seen =
        play(
            stack,
            flow,
            play -> {
              play.start();
              play.rest();
              play.rest(play.other().retry(play.runId()));
            });

    assertThat(seen)
        .extracting(Observed::status)
        .containsExactly(RunStatus.FAILED, RunStatus.COMPLETED);
  }

  private static io.flowcraft.flow.FlowBuilder weak(String name) {
    return Flow.named(name)
        .node(
            "start",
            c -> {
              c.dependency(Marks.class).count("start of " + c.runId());
              return Nodes.OWN_ID.run(c);
            })
        .node("weak", Nodes.failing(1))
        .node("beside", Nodes.OWN_ID)
        .node("end", Nodes.INPUTS)
        .edge("start", "weak")
        .edge("start", "beside")
        .edge("weak", "end")
        .edge("beside", "end");
  }
}
