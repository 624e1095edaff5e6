package io.flowcraft.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowcraft.flow.Flow;
import io.flowcraft.flow.FlowBuilder;
import io.flowcraft.run.NodeStatus;
import io.flowcraft.run.Resume;
import io.flowcraft.run.RunStatus;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** At rest for a while: for a time, for an answer, for another run. */
class WaitingTest extends Suite {

  private static final Duration NAP = Duration.ofMillis(300);

  /** Something else is done while a node pauses. */
  private static Flow besides(FlowBuilder flow) {
    return flow.node("start", Nodes.OWN_ID)
        .node("beside", Nodes.OWN_ID)
        .node("end", Nodes.INPUTS)
        .edge("start", "pause")
        .edge("start", "beside")
        .edge("pause", "end")
        .edge("beside", "end")
        .build();
  }

  @ParameterizedTest
  @EnumSource(Stack.class)
  void aSleepEndsByItself(Stack stack) {
    Observed seen = completes(stack, besides(Flow.named("sleep").sleep("pause", NAP)));

    assertThat(seen.nodes()).containsEntry("end", NodeStatus.COMPLETED);
  }

  @ParameterizedTest
  @EnumSource(Stack.class)
  void aWaitIsAnsweredAnywhere(Stack stack) {
    List<Observed> seen =
        play(
            stack,
            besides(Flow.named("wait").wait("pause")),
            play -> {
              play.start();
              play.rest();
              play.answer("pause", Resume.with("yes"));
            });

    assertThat(seen.get(0).status()).isEqualTo(RunStatus.AWAITING);
    assertThat(seen.get(0).awaiting()).containsExactly("pause");
    assertThat(seen.get(1).outputs())
        .containsEntry("end", Map.of("pause", "yes", "beside", "beside"));
  }

  @ParameterizedTest
  @EnumSource(Stack.class)
  void anAnswerChoosesTheWay(Stack stack) {
    Flow flow =
        Flow.named("answer")
            .wait("ask")
            .node("accept", Nodes.ECHO)
            .node("refuse", Nodes.ECHO)
            .edge("ask", "accept", edge -> edge.on("yes"))
            .edge("ask", "refuse", edge -> edge.on("no"))
            .build();

    List<Observed> seen =
        play(
            stack,
            flow,
            play -> {
              play.start();
              play.rest();
              play.answer("ask", Resume.action("no").output(7));
            });

    assertThat(seen.get(1).status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(seen.get(1).outputs()).containsEntry("refuse", 7).doesNotContainKey("accept");
  }

  @ParameterizedTest
  @EnumSource(Stack.class)
  void aWaitGivesUpInTheEnd(Stack stack) {
    Flow flow =
        Flow.named("give-up")
            .wait("ask", node -> node.timeout(NAP))
            .node("answered", Nodes.OWN_ID)
            .node(
                "late",
                c -> {
                  c.dependency(Marks.class).reach(c.runId() + " runs late");
                  return Nodes.OWN_ID.run(c);
                })
            .edge("ask", "answered", edge -> edge.on("answer"))
            .edge("ask", "late", edge -> edge.on("timeout"))
            .build();

    play(
        stack,
        flow,
        play -> {
          play.start();
          play.awaitRunning("late");
          Observed seen = play.rest();
          assertThat(seen.outputs()).containsEntry("late", "late").doesNotContainKey("answered");
        });
  }

  @ParameterizedTest
  @EnumSource(Stack.class)
  void aWebhookIsAnswered(Stack stack) {
    List<Observed> seen =
        play(
            stack,
            besides(Flow.named("webhook").webhook("hook").wait("pause").edge("hook", "start")),
            play -> {
              play.start();
              play.rest();
              play.answer("pause", Resume.with(Map.of("paid", true)));
            });

    assertThat(seen.get(1).status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(seen.get(1).outputs())
        .containsEntry("hook", Map.of("url", "https://hooks.test/hook", "event", "webhook:hook"));
  }

  @ParameterizedTest
  @EnumSource(Stack.class)
  void aChildRunIsWaitedFor(Stack stack) {
    Flow child =
        Flow.named("child")
            .node("in", Nodes.OWN_ID)
            .sleep("nap", NAP)
            .node("out", Nodes.OWN_ID)
            .edge("in", "nap")
            .edge("nap", "out")
            .build();

    Observed seen = completes(stack, besides(Flow.named("parent").subflow("pause", child)));

    assertThat(seen.nodes()).containsEntry("end", NodeStatus.COMPLETED);
  }

  @ParameterizedTest
  @EnumSource(Stack.class)
  void aChildThatWaitsIsAnsweredThroughItsParent(Stack stack) {
    Flow child =
        Flow.named("asking")
            .node("in", Nodes.OWN_ID)
            .wait("ask")
            .node("out", Nodes.ECHO)
            .edge("in", "ask")
            .edge("ask", "out")
            .build();

    List<Observed> seen =
        play(
            stack,
            besides(Flow.named("asked").subflow("pause", child)),
            play -> {
              play.start();
              play.rest();
              play.answer("pause", Resume.with("yes"));
            });

    assertThat(seen.get(0).status()).isEqualTo(RunStatus.AWAITING);
    assertThat(seen.get(1).status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(seen.get(1).outputs())
        .containsEntry("end", Map.of("pause", "yes", "beside", "beside"));
  }
}
