package io.flowcraft.testkit;

import static io.flowcraft.testkit.FlowAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flowcraft.blueprint.Retry;
import io.flowcraft.event.FlowEvent.RunFinished;
import io.flowcraft.flow.Flow;
import io.flowcraft.node.NodeResult;
import io.flowcraft.run.NodeStatus;
import io.flowcraft.run.Resume;
import io.flowcraft.run.RunOptions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(FlowcraftExtension.class)
class FlowTesterTest {

  private static final Flow ORDER =
      Flow.named("order")
          .node("validate", context -> NodeResult.output(context.context().get("total")))
          .node("reserve", context -> NodeResult.output(Map.of("reserved", true)))
          .wait("review")
          .node("ship", context -> NodeResult.output("shipped"))
          .node("reject", context -> NodeResult.none())
          .edge("validate", "reserve")
          .edge("reserve", "review")
          .edge("review", "ship", edge -> edge.on("approve"))
          .edge("review", "reject", edge -> edge.on("refuse"))
          .build();

  private static final Flow PATIENT =
      Flow.named("patient")
          .node("before", context -> NodeResult.output(1))
          .sleep("night", Duration.ofDays(3))
          .node("after", context -> NodeResult.output(2))
          .edge("before", "night")
          .edge("night", "after")
          .build();

  @Test
  void aRunWaitsForTheOutside(FlowTester flows) {
    TestRun run = flows.start(ORDER, Map.of("total", 5000));
    assertThat(run).isAwaiting("review").hasCompleted("validate", "reserve");

    run.resume("review", Resume.action("approve"));

    assertThat(run)
        .isCompleted()
        .hasCompleted("ship")
        .skipped("reject")
        .hasOutput("ship", "shipped")
        .hasOutput("validate", 5000L)
        .hasContext("total", 5000)
        .hasNoOutput("reject")
        .inOrder("validate", "reserve", "ship")
        .ran("ship", 1)
        .ran("reject", 0);
  }

  @Test
  void daysPassInNoTime(FlowTester flows) {
    TestRun run = flows.start(PATIENT, Map.of());
    assertThat(run).isAwaiting("night");

    flows.advance(Duration.ofDays(2));
    assertThat(run).isAwaiting("night");
    flows.advance(Duration.ofDays(1));

    assertThat(run).isCompleted().hasOutput("after", 2);
    assertThat(flows.now()).isEqualTo(VirtualTime.START.plus(Duration.ofDays(3)));
  }

  @Test
  void whatFallsDueRunsAtItsTime(FlowTester flows) {
    Flow twice =
        Flow.named("twice")
            .sleep("first", Duration.ofHours(1))
            .sleep("second", Duration.ofHours(1))
            .edge("first", "second")
            .build();
    TestRun run = flows.start(twice, Map.of());

    flows.advance(Duration.ofDays(1));

    assertThat(run).isCompleted();
    assertThat(run.events(RunFinished.class))
        .extracting(event -> event.origin().at())
        .containsExactly(VirtualTime.START.plus(Duration.ofHours(2)));
  }

  @Test
  void aRunCanBeCancelled(FlowTester flows) {
    TestRun run = flows.start(ORDER, Map.of("total", 1)).cancel("customer asked");

    assertThat(run).isCancelled();
  }

  @Test
  void aFailedRunCanBeTriedAgain(FlowTester flows) {
    flows.replace("ship", NodeDoubles.failing(1, "at last"));
    TestRun run = flows.start(ORDER, Map.of("total", 1));
    run.resume("review", Resume.action("approve"));
    assertThat(run).isFailed().failed("ship").hasErrorContaining("on purpose");

    run.retry();

    assertThat(run).isCompleted().hasOutput("ship", "at last");
  }

  @Test
  void aFailedNodeCanBeSkippedOrCompleted(FlowTester flows) {
    flows.replace("reserve", NodeDoubles.failing(new IllegalStateException("out of stock")));

    TestRun run = flows.start(ORDER, Map.of("total", 1));
    assertThat(run).isFailed().hasErrorContaining("out of stock");
    run.completeNode("reserve", NodeResult.output("by hand"));
    assertThat(run).isAwaiting("review").hasOutput("reserve", "by hand");
    run.skipNode("review");

    assertThat(run).isCompleted().hasCompleted("review");
  }

  @Test
  void doublesRememberTheirCalls(FlowTester flows) {
    NodeDouble flaky = NodeDoubles.failing(2, Map.of("n", 1));
    NodeDouble spy = NodeDoubles.recording(context -> NodeResult.output("seen"));
    Flow flow =
        Flow.named("calls")
            .node("start", context -> NodeResult.output("hello"))
            .node(
                "flaky",
                context -> NodeResult.none(),
                node -> node.retry(Retry.fixed(Duration.ofMinutes(5)).maxAttempts(3)))
            .node("end", context -> NodeResult.none())
            .edge("start", "flaky")
            .edge("flaky", "end")
            .build();

    TestRun run = flows.replace("flaky", flaky).replace("end", spy).start(flow, Map.of());
    flows.advance(Duration.ofMinutes(10));

    assertThat(run).isCompleted().hasOutput("end", "seen").ran("flaky", 1);
    assertThat(flaky.calls()).extracting(NodeCall::attempt).containsExactly(1, 2, 3);
    assertThat(flaky.calls()).extracting(NodeCall::input).containsOnly("hello");
    assertThat(spy.lastCall().inputs()).containsOnlyKeys("flaky");
    assertThat(spy.lastCall().nodeId()).isEqualTo("end");
  }

  @Test
  void aPausingNodeEndsWhenTheTestSaysSo(FlowTester flows) {
    PausingNode slow = NodeDoubles.pausing();
    TestRun run = flows.replace("reserve", slow).start(ORDER, Map.of("total", 7));
    assertThat(slow.open()).isEqualTo(1);
    assertThat(slow.calls()).hasSize(1);

    slow.complete("done");
    flows.drain();

    assertThat(run).isAwaiting("review").hasOutput("reserve", "done");
    assertThatThrownBy(() -> slow.complete("again")).hasMessageContaining("is open");
  }

  @Test
  void aPausingNodeCanFail(FlowTester flows) {
    PausingNode slow = NodeDoubles.pausing();
    TestRun run = flows.replace("reserve", slow).start(ORDER, Map.of("total", 7));

    slow.fail(new IllegalStateException("broken"));
    flows.drain();

    assertThat(run).isFailed().failed("reserve").hasErrorContaining("broken");
  }

  @Test
  void aRunCanBeSteppedThrough(FlowTester flows) {
    TestRun run = flows.startPaused(ORDER, Map.of("total", 1));

    assertThat(run.step()).contains("validate");
    assertThat(run).hasCompleted("validate").ran("reserve", 0);
    assertThat(run.step()).contains("reserve");
    assertThat(run.step()).contains("review");
    assertThat(run.step()).isEmpty();
    assertThat(run).isAwaiting("review");
  }

  @Test
  void dependenciesReachNodes(FlowTester flows) {
    Flow flow =
        Flow.named("needs")
            .node(
                "ask",
                context -> NodeResult.output(context.dependency(StringBuilder.class).toString()))
            .build();

    TestRun run =
        flows.dependency(StringBuilder.class, new StringBuilder("here")).start(flow, Map.of());

    assertThat(run).isCompleted().hasOutput("ask", "here");
    assertThatThrownBy(() -> flows.dependency(String.class, "late"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("before the first run");
  }

  @Test
  void nodesOfSubflowsCanBeReplacedToo(FlowTester flows) {
    Flow child = Flow.named("child").node("work", context -> NodeResult.output("real")).build();
    Flow parent = Flow.named("parent").subflow("sub", child).build();
    NodeDouble work = NodeDoubles.returning("double");

    TestRun run = flows.replace("work", work).start(parent, Map.of());

    assertThat(run).isCompleted();
    assertThat(work.calls()).hasSize(1);
    assertThat(run.trace()).contains("child/work started");
  }

  @Test
  void implementationsCanBeRegisteredByKey(FlowTester flows) {
    Flow flow = Flow.named("keys").node("a", "mail").node("b", "mail").build();

    TestRun run = flows.register("mail", NodeDoubles.returning("sent")).start(flow, Map.of());

    assertThat(run).isCompleted().hasOutput("a", "sent").hasOutput("b", "sent");
  }

  @Test
  void aNodeThatIsNotThereCanNotBeReplaced(FlowTester flows) {
    flows.replace("shp", NodeDoubles.recording());

    assertThatThrownBy(() -> flows.start(ORDER, Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no node [shp]")
        .hasMessageContaining("ship");
  }

  @Test
  void twoRunsLiveSideBySide(FlowTester flows) {
    TestRun first = flows.start(ORDER, Map.of("total", 1), RunOptions.runId("one"));
    TestRun second = flows.start(ORDER, Map.of("total", 2), RunOptions.runId("two"));
    second.resume("review", Resume.action("refuse"));

    assertThat(first).isAwaiting("review");
    assertThat(second).isCompleted().hasCompleted("reject");
    assertThat(flows.run("one").runId()).isEqualTo("one");
    assertThat(first.result().nodes()).containsEntry("validate", NodeStatus.COMPLETED);
  }

  @Test
  void theSameTestTakesTheSameCourse() {
    assertThat(course()).isEqualTo(course());
  }

  private static List<String> course() {
    try (FlowTester flows = new FlowTester()) {
      TestRun run = flows.start(ORDER, Map.of("total", 1));
      run.resume("review", Resume.action("approve"));
      return List.of(run.runId(), run.trace());
    }
  }

  @Test
  void anExplanationSaysWhatIsWaitedFor(FlowTester flows) {
    TestRun run = flows.start(ORDER, Map.of("total", 1));

    assertThat(run.explain().toString()).contains("review").contains("AWAITING");
    assertThat(Optional.of(run.toString())).contains("run " + run.runId());
  }
}
