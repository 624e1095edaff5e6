package io.flowcraft.runtime;

import static io.flowcraft.runtime.Codes.assertCode;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flowcraft.blueprint.Retry;
import io.flowcraft.error.ErrorCode;
import io.flowcraft.flow.Flow;
import io.flowcraft.flow.FlowBuilder;
import io.flowcraft.node.NodeFunction;
import io.flowcraft.node.NodeResult;
import io.flowcraft.run.Resume;
import io.flowcraft.run.RunError;
import io.flowcraft.run.RunOptions;
import io.flowcraft.run.RunResult;
import io.flowcraft.run.RunStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a run has done is undone when it fails or is cancelled. */
class CompensationTest {

  private final List<String> log = new ArrayList<>();
  private Lab lab = new Lab();

  @AfterEach
  void close() {
    lab.close();
  }

  private NodeFunction does(String what) {
    return c -> {
      log.add(what);
      return NodeResult.output(what + " done");
    };
  }

  private NodeFunction undoes(String what) {
    return c -> {
      log.add("undo " + what + " with " + c.input());
      return NodeResult.none();
    };
  }

  private static NodeResult fail() {
    throw new IllegalStateException("no more trucks");
  }

  /** Reserve, then charge, then ship; shipping decides how it ends. */
  private FlowBuilder order(NodeFunction ship) {
    return Flow.named("order")
        .node("reserve", does("reserve"), n -> n.compensate("release"))
        .node("charge", does("charge"), n -> n.compensate("refund"))
        .node("ship", ship, n -> n.compensate("return"))
        .node("release", undoes("reserve"))
        .node("refund", undoes("charge"))
        .node("return", undoes("ship"))
        .edge("reserve", "charge")
        .edge("charge", "ship");
  }

  @Test
  void whatWasDoneIsUndoneTheLatestFirst() {
    RunResult result = lab.run(order(c -> fail()).build());

    assertThat(result.status()).isEqualTo(RunStatus.FAILED);
    assertThat(log)
        .containsExactly(
            "reserve", "charge", "undo charge with charge done", "undo reserve with reserve done");
    assertThat(result.errors()).extracting(RunError::nodeId).containsExactly("ship");
  }

  @Test
  void nothingIsUndoneOfARunThatCompletes() {
    RunResult result = lab.run(order(does("ship")).build());

    assertThat(result.status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(log).containsExactly("reserve", "charge", "ship");
    assertThat(result.nodes().keySet()).containsExactly("reserve", "charge", "ship");
  }

  @Test
  void aCancelledRunIsUndoneToo() {
    Flow flow =
        Flow.named("order")
            .node("reserve", does("reserve"), n -> n.compensate("release"))
            .wait("approve")
            .node("release", undoes("reserve"))
            .edge("reserve", "approve")
            .build();
    lab.launch(flow, "r");

    lab.runtime.cancel("r", "changed my mind");
    lab.drain();

    assertThat(lab.runtime.handle("r").snapshot().status()).isEqualTo(RunStatus.CANCELLED);
    assertThat(log).containsExactly("reserve", "undo reserve with reserve done");
  }

  @Test
  void theRunIsCompensatingUntilEverythingIsUndone() {
    Flow flow =
        Flow.named("order")
            .node("reserve", does("reserve"), n -> n.compensate("ask"))
            .node("ship", c -> fail())
            .wait("ask")
            .edge("reserve", "ship")
            .build();
    lab.launch(flow, "r");

    assertThat(lab.runtime.handle("r").snapshot().status()).isEqualTo(RunStatus.COMPENSATING);

    lab.runtime.resume("r/~compensation", "ask", Resume.action("ok"));
    lab.drain();

    assertThat(lab.runtime.handle("r").snapshot().status()).isEqualTo(RunStatus.FAILED);
  }

  @Test
  void everyIterationIsUndone() {
    Flow flow =
        Flow.named("order")
            .node(
                "body",
                c -> {
                  int next = c.context().get("n") instanceof Number n ? n.intValue() + 1 : 1;
                  c.context().set("n", next);
                  c.context().set("more", next < 3);
                  log.add("do " + next);
                  return NodeResult.output(next);
                },
                n -> n.compensate("undo"))
            .node("after", c -> fail())
            .node("undo", undoes("step"))
            .loop("again", "more", l -> l.start("body").end("body"))
            .edge("again", "after")
            .build();

    lab.run(flow);

    assertThat(log)
        .containsExactly(
            "do 1", "do 2", "do 3", "undo step with 3", "undo step with 2", "undo step with 1");
  }

  @Test
  void aCompensationIsAttemptedAgainLikeAnyNode() {
    Flow flow =
        Flow.named("order")
            .node("reserve", does("reserve"), n -> n.compensate("release"))
            .node("ship", c -> fail())
            .node(
                "release",
                c -> {
                  log.add("try " + c.attempt());
                  return c.attempt() < 3 ? fail() : NodeResult.none();
                },
                n -> n.retry(Retry.fixed(Duration.ZERO).maxAttempts(3)))
            .edge("reserve", "ship")
            .build();

    assertThat(lab.run(flow).errors()).extracting(RunError::code).hasSize(1);
    assertThat(log).containsExactly("reserve", "try 1", "try 2", "try 3");
  }

  @Test
  void workThatCanNotBeUndoneIsSaid() {
    Flow flow =
        Flow.named("order")
            .node("reserve", does("reserve"), n -> n.compensate("release"))
            .node("ship", c -> fail())
            .node("release", c -> fail())
            .edge("reserve", "ship")
            .build();

    RunResult result = lab.run(flow);

    assertThat(result.status()).isEqualTo(RunStatus.FAILED);
    assertThat(result.errors())
        .extracting(RunError::code)
        .containsExactly(
            ErrorCode.NODE_FAILED, ErrorCode.NODE_FAILED, ErrorCode.COMPENSATION_FAILED);
  }

  @Test
  void aRunWhoseWorkIsUndoneIsNotRetried() {
    lab.start(order(c -> fail()).build(), Map.of(), RunOptions.runId("r"));
    lab.drain();

    assertThat(assertCode(ErrorCode.RUN_STATE, () -> lab.runtime.retry("r")))
        .hasMessageContaining("undone");
  }

  @Test
  void anotherProcessGoesOnWithIt() {
    Flow flow =
        Flow.named("order")
            .node("reserve", does("reserve"), n -> n.compensate("ask"))
            .node("ship", c -> fail())
            .wait("ask")
            .edge("reserve", "ship")
            .build();
    lab.launch(flow, "r");
    Lab second = lab.successor(flow);
    lab = second;

    second.runtime.resume("r/~compensation", "ask", Resume.action("ok"));
    second.drain();

    assertThat(second.runtime.handle("r").snapshot().status()).isEqualTo(RunStatus.FAILED);
  }

  @Test
  void aCompensationHasNoEdgesAndExists() {
    FlowBuilder wrong =
        Flow.named("order")
            .node("a", does("a"), n -> n.compensate("gone"))
            .node("b", does("b"), n -> n.compensate("undo"))
            .node("undo", undoes("b"))
            .edge("a", "b")
            .edge("b", "undo");

    assertThatThrownBy(wrong::build)
        .hasMessageContaining("names the compensation 'gone', which is missing")
        .hasMessageContaining("touches a compensation");
  }
}
