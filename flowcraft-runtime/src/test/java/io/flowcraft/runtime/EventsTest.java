package io.flowcraft.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowcraft.blueprint.EdgeDefinition;
import io.flowcraft.blueprint.Retry;
import io.flowcraft.error.ErrorCode;
import io.flowcraft.event.FlowEvent;
import io.flowcraft.flow.Flow;
import io.flowcraft.node.NodeResult;
import io.flowcraft.run.Resume;
import io.flowcraft.run.RunOptions;
import io.flowcraft.run.RunResult;
import io.flowcraft.run.RunStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What listeners hear of runs. */
class EventsTest {

  private final Tally tally = new Tally();
  private final Lab lab = new Lab();

  @AfterEach
  void close() {
    lab.close();
  }

  private List<String> types() {
    return lab.events.stream().map(FlowEvent::type).toList();
  }

  private <E extends FlowEvent> E only(Class<E> type) {
    assertThat(lab.events(type)).hasSize(1);
    return lab.events(type).get(0);
  }

  private Flow chain() {
    return Flow.named("chain")
        .node(
            "a",
            c -> {
              c.context().set("k", 1);
              c.context().delete("old");
              return NodeResult.output("x").withAction("go");
            })
        .node("b", tally.echo())
        .edge("a", "b")
        .build();
  }

  private Flow failing() {
    return Flow.named("failing")
        .node("bad", tally.failing(9), node -> node.retry(Retry.fixed(Duration.ZERO)))
        .node("next", tally.node())
        .edge("bad", "next")
        .build();
  }

  private Flow mended() {
    return Flow.named("mended")
        .node("bad", tally.failing(9), node -> node.fallback("spare"))
        .node("spare", tally.node())
        .build();
  }

  private Flow choosing() {
    return Flow.named("choosing")
        .node("a", c -> NodeResult.output(Map.of("yes", true, "no", false)))
        .node("yes", tally.node())
        .node("no", tally.node())
        .edge("a", "yes", edge -> edge.when("result.output.yes"))
        .edge("a", "no", edge -> edge.when("result.output.no"))
        .build();
  }

  private Flow undecided() {
    return Flow.named("undecided")
        .node("a", c -> NodeResult.action("nowhere"))
        .node("b", tally.node())
        .edge("a", "b", edge -> edge.on("there"))
        .build();
  }

  private Flow resting() {
    return Flow.named("resting")
        .sleep("sleep", Duration.ofMinutes(1))
        .wait("wait")
        .wait("limited", node -> node.timeout(Duration.ofHours(1)))
        .node("end", tally.node())
        .edge("sleep", "end")
        .build();
  }

  private Flow batch() {
    return Flow.named("batch")
        .node("items", c -> NodeResult.output(List.of(1, 2)))
        .batch("each", c -> NodeResult.output(c.input()), spec -> {})
        .edge("items", "each")
        .build();
  }

  @Test
  void aRunIsToldFromItsBeginningToItsEnd() {
    lab.run(chain());

    assertThat(types())
        .containsExactly(
            "workflow:start",
            "node:start",
            "node:finish",
            "context:change",
            "context:change",
            "node:start",
            "node:finish",
            "workflow:finish");
  }

  @Test
  void everyEventSaysWhichRunAndWhen() {
    Flow parent = Flow.named("parent").subflow("sub", chain()).build();
    lab.time.advance(Duration.ofSeconds(5), () -> {});
    lab.run(parent, Map.of(), RunOptions.runId("r"));

    assertThat(lab.events)
        .allSatisfy(
            event -> assertThat(event.origin().at()).isEqualTo(TestTime.START.plusSeconds(5)));
    FlowEvent.Origin own = lab.events.get(0).origin();
    assertThat(own.runId()).isEqualTo("r");
    assertThat(own.blueprintId()).isEqualTo("parent");
    assertThat(own.parentRunId()).isNull();
    List<FlowEvent.Origin> children =
        lab.events.stream()
            .map(FlowEvent::origin)
            .filter(origin -> origin.blueprintId().equals("chain"))
            .toList();
    assertThat(children)
        .hasSize(8)
        .allSatisfy(
            origin -> {
              assertThat(origin.runId()).startsWith("r/").isNotEqualTo("r");
              assertThat(origin.parentRunId()).isEqualTo("r");
            });
  }

  @Test
  void aNodeIsToldWithItsInputAndItsResult() {
    lab.run(chain());

    List<FlowEvent.NodeStarted> started = lab.events(FlowEvent.NodeStarted.class);
    assertThat(started).extracting(FlowEvent.NodeStarted::nodeId).containsExactly("a", "b");
    assertThat(started).extracting(FlowEvent.NodeStarted::hasInput).containsExactly(false, true);
    assertThat(started).extracting(FlowEvent.NodeStarted::input).containsExactly(null, "x");
    FlowEvent.NodeFinished finished = lab.events(FlowEvent.NodeFinished.class).get(0);
    assertThat(finished.nodeId()).isEqualTo("a");
    assertThat(finished.iteration()).isEmpty();
    assertThat(finished.result().output()).isEqualTo("x");
    assertThat(finished.result().action()).isEqualTo("go");
  }

  @Test
  void contextEntriesAreToldOnceTheyAreCommitted() {
    lab.run(chain());

    List<FlowEvent.ContextChanged> changes = lab.events(FlowEvent.ContextChanged.class);
    assertThat(changes).extracting(FlowEvent.ContextChanged::nodeId).containsExactly("a", "a");
    assertThat(changes).extracting(FlowEvent.ContextChanged::key).containsExactly("k", "old");
    assertThat(changes).extracting(FlowEvent.ContextChanged::deleted).containsExactly(false, true);
    assertThat(changes).extracting(FlowEvent.ContextChanged::value).containsExactly(1, null);
  }

  @Test
  void inALoopTheIterationIsTold() {
    lab.run(
        Flow.named("flow")
            .node(
                "body",
                c -> {
                  c.context().set("more", c.iteration().endsWith("#0"));
                  return NodeResult.none();
                })
            .loop("loop", "more", l -> l.start("body").end("body"))
            .node("end", tally.node())
            .edge("loop", "end")
            .build());

    assertThat(lab.events(FlowEvent.NodeStarted.class))
        .filteredOn(event -> event.nodeId().equals("body"))
        .extracting(FlowEvent.NodeStarted::iteration)
        .doesNotHaveDuplicates()
        .allMatch(iteration -> iteration.matches(".+#[01]"));
    assertThat(lab.events(FlowEvent.NodeFinished.class))
        .filteredOn(event -> event.nodeId().equals("body"))
        .extracting(FlowEvent.NodeFinished::iteration)
        .hasSize(2)
        .doesNotHaveDuplicates();
  }

  @Test
  void retriesAndTheFailureAfterThemAreTold() {
    lab.run(failing());

    assertThat(lab.events(FlowEvent.NodeRetry.class))
        .extracting(FlowEvent.NodeRetry::attempt)
        .containsExactly(1, 2);
    assertThat(lab.events(FlowEvent.NodeRetry.class))
        .allSatisfy(
            event -> {
              assertThat(event.nodeId()).isEqualTo("bad");
              assertThat(event.message()).isEqualTo("boom in bad");
            });
    FlowEvent.NodeFailed failed = only(FlowEvent.NodeFailed.class);
    assertThat(failed.nodeId()).isEqualTo("bad");
    assertThat(failed.error().code()).isEqualTo(ErrorCode.NODE_FAILED);
    assertThat(failed.error().causes()).containsExactly("boom in bad");
    FlowEvent.RunFinished finished = only(FlowEvent.RunFinished.class);
    assertThat(finished.status()).isEqualTo(RunStatus.FAILED);
    assertThat(finished.errors()).containsExactly(failed.error());
    assertThat(types())
        .containsExactly(
            "workflow:start",
            "node:start",
            "node:retry",
            "node:retry",
            "node:error",
            "node:bypass",
            "workflow:finish");
  }

  @Test
  void aNodeThatIsNotRunIsToldWithTheReason() {
    lab.run(failing());
    FlowEvent.NodeBypassed dead = only(FlowEvent.NodeBypassed.class);
    assertThat(dead.nodeId()).isEqualTo("next");
    assertThat(dead.reason()).contains("failed");

    lab.events.clear();
    lab.run(choosing());
    FlowEvent.NodeBypassed skipped = only(FlowEvent.NodeBypassed.class);
    assertThat(skipped.nodeId()).isEqualTo("no");
    assertThat(skipped.reason()).contains("join").doesNotContain("failed");
  }

  @Test
  void aStandInIsTold() {
    lab.run(mended());

    FlowEvent.NodeFallback event = only(FlowEvent.NodeFallback.class);
    assertThat(event.nodeId()).isEqualTo("bad");
    assertThat(event.fallback()).isEqualTo("spare");
    assertThat(types()).containsSubsequence("node:fallback", "node:error", "node:start");
    assertThat(only(FlowEvent.RunFinished.class).errors()).isEmpty();
  }

  @Test
  void conditionsAndTheEdgesThatTheySkipAreTold() {
    lab.run(choosing());

    assertThat(lab.events(FlowEvent.EdgeEvaluated.class))
        .extracting(event -> event.edge().target() + " " + event.result())
        .containsExactly("yes true", "no false");
    FlowEvent.EdgeSkipped skipped = only(FlowEvent.EdgeSkipped.class);
    assertThat(skipped.nodeId()).isEqualTo("a");
    assertThat(skipped.edge()).isEqualTo(EdgeDefinition.of("a", "no").when("result.output.no"));
    assertThat(lab.events(FlowEvent.NoEdgeSelected.class)).isEmpty();
  }

  @Test
  void aNodeWithoutAWayOnIsTold() {
    lab.run(undecided());

    FlowEvent.NoEdgeSelected event = only(FlowEvent.NoEdgeSelected.class);
    assertThat(event.nodeId()).isEqualTo("a");
    assertThat(event.action()).isEqualTo("nowhere");
  }

  @Test
  void parkedNodesAndTheirWakingAreTold() {
    lab.launch(resting(), "r");

    List<FlowEvent.NodeAwaiting> parked = lab.events(FlowEvent.NodeAwaiting.class);
    assertThat(parked)
        .extracting(FlowEvent.NodeAwaiting::nodeId)
        .containsExactly("sleep", "wait", "limited");
    assertThat(parked)
        .extracting(FlowEvent.NodeAwaiting::reason)
        .containsExactly("timer", "external_event", "external_event");
    assertThat(parked)
        .extracting(FlowEvent.NodeAwaiting::wakeUpAt)
        .containsExactly(
            TestTime.START.plusSeconds(60), null, TestTime.START.plus(Duration.ofHours(1)));
    only(FlowEvent.RunPaused.class);

    lab.events.clear();
    lab.advance(Duration.ofMinutes(1));
    assertThat(types())
        .containsExactly(
            "workflow:resume", "node:finish", "node:start", "node:finish", "workflow:pause");

    lab.events.clear();
    lab.resume("r", "wait", Resume.with(1));
    assertThat(types()).containsExactly("workflow:resume", "node:finish", "workflow:pause");
  }

  @Test
  void aNodeThatWaitsForAChildRunIsTold() {
    Flow parent =
        Flow.named("parent").subflow("sub", Flow.named("child").wait("w").build()).build();
    lab.launch(parent, "r");

    assertThat(lab.events(FlowEvent.NodeAwaiting.class))
        .extracting(event -> event.nodeId() + " " + event.reason())
        .containsExactlyInAnyOrder("w external_event", "sub subflow");
  }

  @Test
  void aBatchIsToldWithItsWorkersAndResults() {
    lab.run(batch());

    FlowEvent.BatchStarted started = only(FlowEvent.BatchStarted.class);
    assertThat(started.batchId()).isEqualTo("each");
    assertThat(started.scatterNodeId()).isEqualTo("each_scatter");
    assertThat(started.workerIds()).hasSize(2).doesNotHaveDuplicates();
    FlowEvent.BatchFinished finished = only(FlowEvent.BatchFinished.class);
    assertThat(finished.batchId()).isEqualTo("each");
    assertThat(finished.gatherNodeId()).isEqualTo("each_gather");
    assertThat(finished.results()).isEqualTo(List.of(1, 2));
  }

  @Test
  void aRunThatStopsWithWorkLeftSaysHowMuch() {
    lab.run(chain(), Map.of(), RunOptions.DEFAULT.withTargets(List.of("a")));

    assertThat(only(FlowEvent.RunStalled.class).remainingNodes()).isOne();
    assertThat(only(FlowEvent.RunFinished.class).status()).isEqualTo(RunStatus.STALLED);
    assertThat(types()).endsWith("workflow:stall", "workflow:finish");
  }

  @Test
  void aCancelledRunSaysSo() {
    lab.launch(resting(), "r");
    lab.settled(lab.runtime.cancel("r", "enough"));

    FlowEvent.RunFinished finished = only(FlowEvent.RunFinished.class);
    assertThat(finished.status()).isEqualTo(RunStatus.CANCELLED);
    assertThat(finished.errors()).extracting(e -> e.code()).containsExactly(ErrorCode.CANCELLED);
  }

  @Test
  void thereIsNoKindThatIsNeverTold() {
    for (Flow flow : List.of(chain(), failing(), mended(), choosing(), undecided(), batch())) {
      lab.run(flow);
    }
    lab.run(chain(), Map.of(), RunOptions.DEFAULT.withTargets(List.of("a")));
    lab.launch(resting(), "r");
    lab.advance(Duration.ofMinutes(1));

    Set<Class<?>> told = lab.events.stream().map(Object::getClass).collect(Collectors.toSet());
    assertThat(told)
        .containsExactlyInAnyOrderElementsOf(
            Arrays.asList(FlowEvent.class.getPermittedSubclasses()).stream()
                .filter(type -> !type.equals(FlowEvent.Origin.class))
                .toList());
  }

  @Test
  void aListenerThatFailsHarmsNobody() {
    List<String> heard = new ArrayList<>();
    try (Lab other =
        new Lab(
            builder ->
                builder
                    .listener(
                        event -> {
                          throw new IllegalStateException("deaf");
                        })
                    .listener(
                        event -> {
                          throw new AssertionError("very deaf");
                        })
                    .listener(event -> heard.add(event.type())))) {
      RunResult result = other.run(chain());

      assertThat(result.status()).isEqualTo(RunStatus.COMPLETED);
      assertThat(result.outputs()).containsEntry("b", "x");
      assertThat(heard).hasSize(8).endsWith("workflow:finish");
      assertThat(other.events).hasSize(8);
    }
  }

  @Test
  void withoutListenersNothingChanges() {
    try (FlowRuntime silent =
        FlowRuntime.builder()
            .properties(
                Map.of(
                    "flowcraft.queue", "memory",
                    "flowcraft.state", "memory",
                    "flowcraft.coordination", "memory"))
            .build()) {
      assertThat(silent.run(chain(), Map.of()).outputs()).containsEntry("b", "x");
    }
  }
}
