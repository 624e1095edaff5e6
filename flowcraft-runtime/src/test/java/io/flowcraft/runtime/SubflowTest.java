package io.flowcraft.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowcraft.blueprint.Retry;
import io.flowcraft.error.ErrorCode;
import io.flowcraft.flow.Flow;
import io.flowcraft.node.NodeResult;
import io.flowcraft.run.NodeStatus;
import io.flowcraft.run.Resume;
import io.flowcraft.run.RunHandle;
import io.flowcraft.run.RunOptions;
import io.flowcraft.run.RunResult;
import io.flowcraft.run.RunStatus;
import io.flowcraft.spi.RunQuery;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Nodes whose work is a run of its own. */
class SubflowTest {

  private final Tally tally = new Tally();
  private final Lab lab = new Lab();

  @AfterEach
  void close() {
    lab.close();
  }

  private RunStatus status(String runId) {
    return lab.store.find(runId).toCompletableFuture().join().orElseThrow().status();
  }

  /** A parent with one sub-workflow between two nodes. */
  private Flow around(Flow child) {
    return Flow.named("parent")
        .node("first", tally.returns(5))
        .subflow("sub", child)
        .node("last", tally.echo())
        .edge("first", "sub")
        .edge("sub", "last")
        .build();
  }

  @Test
  void theChildGetsTheInputAndItsEndIsTheOutput() {
    Flow child =
        Flow.named("child")
            .node("a", c -> NodeResult.output(c.input(Integer.class) + 1))
            .node("b", c -> NodeResult.output(c.input(Integer.class) * 10))
            .edge("a", "b")
            .build();

    RunResult result = lab.run(around(child), Map.of(), RunOptions.runId("r"));

    assertThat(result.outputs()).containsEntry("sub", 60).containsEntry("last", 60);
    assertThat(status("r/sub")).isEqualTo(RunStatus.COMPLETED);
  }

  @Test
  void severalEndsAreAMapOfTheirOutputs() {
    Flow child =
        Flow.named("child")
            .node("a", tally.returns(1))
            .node("b", tally.returns(2))
            .node("c", tally.returns(3))
            .edge("a", "b")
            .edge("a", "c")
            .build();

    assertThat(lab.run(around(child)).outputs()).containsEntry("last", Map.of("b", 2, "c", 3));
  }

  @Test
  void mappingsCarryValuesInAndOut() {
    Flow child =
        Flow.named("child")
            .node(
                "a",
                c -> {
                  c.context().set("note", "from the child");
                  return NodeResult.output(c.context().get("given") + "!");
                })
            .build();
    Flow parent =
        Flow.named("parent")
            .node("first", tally.returns("hello"))
            .subflow(
                "sub",
                child,
                sub -> sub.input("given", "first").output("told", "a").output("noted", "note"))
            .node(
                "last",
                c -> NodeResult.output(c.context().get("told") + " " + c.context().get("noted")))
            .edge("first", "sub")
            .edge("sub", "last")
            .build();

    RunResult result = lab.run(parent);

    assertThat(result.outputs()).containsEntry("last", "hello! from the child");
    assertThat(result.context()).doesNotContainKey("note");
  }

  @Test
  void theyNest() {
    Flow inner = Flow.named("inner").node("i", c -> NodeResult.output(c.input() + "i")).build();
    Flow middle = Flow.named("middle").subflow("m", inner).build();
    Flow outer = Flow.named("outer").subflow("o", middle).build();

    RunResult result = lab.run(around(outer));

    assertThat(result.outputs()).containsEntry("last", "5i");
  }

  @Test
  void aFailedChildFailsItsNodeAndTellsWhy() {
    Flow child = Flow.named("child").node("a", tally.failing(9)).build();

    RunResult result = lab.run(around(child), Map.of(), RunOptions.runId("r"));

    assertThat(result.status()).isEqualTo(RunStatus.FAILED);
    assertThat(result.errors())
        .singleElement()
        .satisfies(
            error -> {
              assertThat(error.code()).isEqualTo(ErrorCode.SUBFLOW_FAILED);
              assertThat(error.nodeId()).isEqualTo("sub");
              assertThat(error.causes()).contains("boom in a");
            });
    assertThat(status("r/sub")).isEqualTo(RunStatus.FAILED);
  }

  @Test
  void aRetryBeginsANewChild() {
    Flow child = Flow.named("child").node("a", tally.failing(2)).build();
    Flow parent =
        Flow.named("parent")
            .subflow(
                "sub", child, s -> s.node(n -> n.retry(Retry.fixed(Duration.ofSeconds(1)))))
            .build();

    RunHandle handle = lab.launch(parent, "r");
    lab.advance(Duration.ofSeconds(2));

    assertThat(handle.settled().toCompletableFuture().join().outputs()).containsEntry("sub", "a");
    assertThat(status("r/sub")).isEqualTo(RunStatus.FAILED);
    assertThat(status("r/sub~2")).isEqualTo(RunStatus.FAILED);
    assertThat(status("r/sub~3")).isEqualTo(RunStatus.COMPLETED);
  }

  @Test
  void aFallbackStandsInForAFailedChild() {
    Flow child = Flow.named("child").node("a", tally.failing(9)).build();
    Flow parent =
        Flow.named("parent")
            .node("first", tally.returns(5))
            .subflow("sub", child, s -> s.node(n -> n.fallback("plan-b")))
            .node("plan-b", c -> NodeResult.output("b" + c.input() + c.failure().code()))
            .node("last", tally.echo())
            .edge("first", "sub")
            .edge("sub", "last")
            .build();

    RunResult result = lab.run(parent);

    assertThat(result.status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(result.outputs()).containsEntry("last", "b5SUBFLOW_FAILED");
  }

  private Flow twoWaits() {
    return Flow.named("child")
        .node("a", tally.node())
        .wait("w1")
        .node("b", tally.echo())
        .wait("w2")
        .node("c", tally.echo())
        .edge("a", "w1")
        .edge("w1", "b")
        .edge("b", "w2")
        .edge("w2", "c")
        .build();
  }

  @Test
  void aWaitInsideParksTheParentAndASecondOneAgain() {
    RunResult first = lab.settled(lab.launch(around(twoWaits()), "r"));
    assertThat(first.status()).isEqualTo(RunStatus.AWAITING);
    assertThat(first.awaiting()).containsExactly("sub");

    RunResult second = lab.resume("r", "sub", Resume.with("one"));
    assertThat(second.status()).isEqualTo(RunStatus.AWAITING);
    assertThat(second.awaiting()).containsExactly("sub");
    assertThat(tally.ran()).containsExactly("first", "a", "b");

    RunResult last = lab.resume("r", null, Resume.with("two"));
    assertThat(last.status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(last.outputs()).containsEntry("last", "two");
    assertThat(tally.ran()).containsExactly("first", "a", "b", "c", "last");
  }

  @Test
  void theChildCanBeAnsweredByItsOwnId() {
    lab.launch(around(twoWaits()), "r");

    lab.resume("r/sub", "w1", Resume.with("one"));
    assertThat(lab.runtime.handle("r").snapshot().status()).isEqualTo(RunStatus.AWAITING);
    lab.resume("r/sub", "w2", Resume.with("two"));

    RunResult result = lab.settled(lab.runtime.handle("r"));
    assertThat(result.status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(result.outputs()).containsEntry("last", "two");
  }

  @Test
  void aSleepInsideWakesUpByItself() {
    Flow child =
        Flow.named("child")
            .sleep("nap", Duration.ofHours(8))
            .wait("then")
            .edge("nap", "then")
            .build();
    RunHandle handle = lab.launch(around(child), "r");

    assertThat(handle.settled().toCompletableFuture()).isNotDone();
    lab.advance(Duration.ofHours(8));
    assertThat(handle.settled().toCompletableFuture().join().status())
        .isEqualTo(RunStatus.AWAITING);

    RunResult result = lab.resume("r", "sub", Resume.with("x"));
    assertThat(result.outputs()).containsEntry("last", "x");
  }

  @Test
  void aFailureAfterTheWaitFailsOrIsRetriedLikeAnyOther() {
    Flow child =
        Flow.named("child")
            .wait("w")
            .node("a", tally.failing(1))
            .edge("w", "a")
            .build();
    Flow parent =
        Flow.named("parent")
            .subflow("sub", child, s -> s.node(n -> n.retry(Retry.fixed(Duration.ZERO))))
            .build();
    lab.launch(parent, "r");

    RunResult second = lab.resume("r", "sub", Resume.empty());
    assertThat(second.status()).isEqualTo(RunStatus.AWAITING);
    assertThat(status("r/sub")).isEqualTo(RunStatus.FAILED);
    assertThat(status("r/sub~2")).isEqualTo(RunStatus.AWAITING);

    RunResult last = lab.resume("r", "sub", Resume.empty());
    assertThat(last.status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(last.outputs()).containsEntry("sub", "a");
  }

  @Test
  void aCancelledParentTakesItsParkedChildrenAlong() {
    lab.launch(around(twoWaits()), "r");

    RunResult result = lab.settled(lab.runtime.cancel("r", "enough"));

    assertThat(result.status()).isEqualTo(RunStatus.CANCELLED);
    assertThat(status("r")).isEqualTo(RunStatus.CANCELLED);
    assertThat(status("r/sub")).isEqualTo(RunStatus.CANCELLED);
  }

  @Test
  void aCancelledParentTakesItsRunningChildrenAlong() {
    Flow child =
        Flow.named("child")
            .nodeAsync("slow", c -> new Pending(c).future())
            .node("never", tally.node())
            .edge("slow", "never")
            .build();
    lab.launch(around(child), "r");
    assertThat(status("r/sub")).isEqualTo(RunStatus.RUNNING);

    RunResult result = lab.settled(lab.runtime.cancel("r", "enough"));

    assertThat(result.status()).isEqualTo(RunStatus.CANCELLED);
    assertThat(status("r/sub")).isEqualTo(RunStatus.CANCELLED);
    assertThat(tally.ran()).containsExactly("first");
  }

  @Test
  void aCancelledChildFailsItsNode() {
    lab.launch(around(twoWaits()), "r");

    lab.runtime.cancel("r/sub", "enough");
    RunResult result = lab.settled(lab.runtime.handle("r"));

    assertThat(result.status()).isEqualTo(RunStatus.FAILED);
    assertThat(result.nodes()).containsEntry("sub", NodeStatus.FAILED);
  }

  @Test
  void theDeadlineOfTheParentHoldsForTheChild() {
    RunOptions options = RunOptions.runId("r").withDeadline(Duration.ofMinutes(5));
    RunHandle handle = lab.start(around(twoWaits()), Map.of(), options);
    lab.drain();

    lab.advance(Duration.ofMinutes(5));

    assertThat(status("r")).isEqualTo(RunStatus.FAILED);
    assertThat(status("r/sub")).isEqualTo(RunStatus.CANCELLED);
    assertThat(lab.settled(lab.runtime.handle(handle.runId())).errors())
        .anySatisfy(error -> assertThat(error.code()).isEqualTo(ErrorCode.RUN_DEADLINE));
  }

  @Test
  void nestingHasALimit() {
    try (Lab small =
        new Lab(
            builder ->
                builder.limits(
                    new RuntimeLimits(RuntimeLimits.DEFAULT.values(), 10, 10, 3)))) {
      Flow endless = Flow.named("endless").subflow("again", "endless").build();

      RunResult result = small.run(endless);

      assertThat(result.status()).isEqualTo(RunStatus.FAILED);
      assertThat(result.errors().get(0).causes())
          .anyMatch(cause -> cause.contains("deeper than 3 levels"));
      assertThat(small.runtime.list(new RunQuery(Set.of(), null, null, 100)).runs()).hasSize(4);
    }
  }

  @Test
  void inALoopEveryIterationHasItsOwnChild() {
    Flow child = Flow.named("child").node("a", tally.echo()).build();
    Flow parent =
        Flow.named("parent")
            .node("begin", c -> NodeResult.output(0))
            .subflow("sub", child)
            .node(
                "count",
                c -> {
                  int n = c.input(Integer.class) + 1;
                  c.context().set("more", n < 3);
                  return NodeResult.output(n);
                })
            .loop("loop", "more", l -> l.start("sub").end("count"))
            .node("end", c -> NodeResult.output(c.context().get("count")))
            .edge("begin", "sub")
            .edge("sub", "count")
            .edge("loop", "end")
            .build();

    RunResult result = lab.run(parent);

    assertThat(result.status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(tally.count("a")).isEqualTo(3);
    assertThat(List.of(result.outputs().get("end"))).containsExactly(3);
  }
}
