package io.flowcraft.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowcraft.blueprint.Blueprint;
import io.flowcraft.blueprint.BuiltIns;
import io.flowcraft.blueprint.EdgeDefinition;
import io.flowcraft.blueprint.NodeDefinition;
import io.flowcraft.error.ErrorCode;
import io.flowcraft.event.FlowEvent;
import io.flowcraft.flow.Flow;
import io.flowcraft.node.NodeFunction;
import io.flowcraft.node.NodeRegistry;
import io.flowcraft.node.NodeResult;
import io.flowcraft.run.NodeStatus;
import io.flowcraft.run.Resume;
import io.flowcraft.run.RunHandle;
import io.flowcraft.run.RunOptions;
import io.flowcraft.run.RunResult;
import io.flowcraft.run.RunStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Nodes that work on each element of a list. */
class BatchTest {

  private final Tally tally = new Tally();
  private final Lab lab = new Lab();

  @AfterEach
  void close() {
    lab.close();
  }

  private static Flow over(Object items, NodeFunction worker) {
    return Flow.named("over")
        .node("list", c -> NodeResult.output(items))
        .batch("each", worker, batch -> {})
        .node("end", c -> NodeResult.output(c.input()))
        .edge("list", "each")
        .edge("each", "end")
        .build();
  }

  private static NodeResult twice(io.flowcraft.node.NodeContext context) {
    return NodeResult.output(context.input(Integer.class) * 2);
  }

  @Test
  void theOutputsHaveTheOrderOfTheElements() {
    List<Integer> items = IntStream.range(0, 50).boxed().toList();
    List<Integer> shuffled = new ArrayList<>(items);
    Collections.shuffle(shuffled, new java.util.Random(1));

    RunResult result = lab.run(over(shuffled, BatchTest::twice));

    assertThat(result.outputs().get("end")).isEqualTo(shuffled.stream().map(n -> n * 2).toList());
  }

  @Test
  void anEmptyListIsAnEmptyResult() {
    RunResult result = lab.run(over(List.of(), BatchTest::twice));

    assertThat(result.status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(result.outputs()).containsEntry("end", List.of());
  }

  @Test
  void aSingleElementIsAListOfOne() {
    assertThat(lab.run(over(List.of(4), BatchTest::twice)).outputs())
        .containsEntry("end", List.of(8));
  }

  @Test
  void whatIsNoListFails() {
    RunResult result = lab.run(over(Map.of("no", "list"), BatchTest::twice));

    assertThat(result.status()).isEqualTo(RunStatus.FAILED);
    assertThat(result.errors().toString()).contains("must be an array");
  }

  @Test
  void elementsAndOutputsMayBeNull() {
    Flow flow =
        over(
            Arrays.asList(1, null, 3),
            c -> c.input() == null ? NodeResult.none() : NodeResult.output(c.input()));

    assertThat(lab.run(flow).outputs()).containsEntry("end", Arrays.asList(1, null, 3));
  }

  @Test
  void theOutputCanHaveAKeyOfItsOwn() {
    Flow flow =
        Flow.named("keys")
            .node("make", c -> NodeResult.output(Map.of("rows", List.of(1, 2))))
            .batch("each", BatchTest::twice, batch -> batch.input("make.rows").outputKey("sums"))
            .node("end", c -> NodeResult.output(c.context().get("sums")))
            .edge("make", "each")
            .edge("each", "end")
            .build();

    assertThat(lab.run(flow).outputs()).containsEntry("end", List.of(2, 4));
  }

  @Test
  void aFailedElementFailsTheBatchAndTheOthersAreStillDone() {
    Flow flow =
        over(
            List.of(1, 2, 3),
            c -> {
              tally.note("item " + c.input());
              if (c.input(Integer.class) == 2) {
                throw new IllegalStateException("not 2");
              }
              return NodeResult.output(c.input());
            });

    RunResult result = lab.run(flow);

    assertThat(result.status()).isEqualTo(RunStatus.FAILED);
    assertThat(result.errors()).hasSize(1);
    assertThat(result.errors().toString()).contains("not 2");
    assertThat(result.nodes())
        .containsEntry("each_gather", NodeStatus.SKIPPED)
        .containsEntry("end", NodeStatus.SKIPPED);
    assertThat(tally.ran()).containsExactlyInAnyOrder("item 1", "item 2", "item 3");
  }

  @Test
  void failedElementsCanBeAccepted() {
    Map<String, Object> scatter =
        Map.of("workerUsesKey", "worker", "gatherNodeId", "gather", "onItemError", "continue");
    Blueprint blueprint =
        new Blueprint(
            "tolerant",
            List.of(
                NodeDefinition.of("list", "list"),
                new NodeDefinition("scatter", BuiltIns.BATCH_SCATTER, scatter),
                new NodeDefinition(
                    "gather", BuiltIns.BATCH_GATHER, Map.of("gatherNodeId", "gather"))),
            List.of(EdgeDefinition.of("list", "scatter"), EdgeDefinition.of("scatter", "gather")));
    NodeRegistry registry =
        NodeRegistry.empty()
            .register("list", c -> NodeResult.output(List.of(1, 2, 3)))
            .register(
                "worker",
                c -> {
                  if (c.input(Integer.class) == 2) {
                    throw new IllegalStateException("not 2");
                  }
                  return NodeResult.output(c.input());
                });

    RunResult result = lab.run(Flow.of(blueprint, registry));

    assertThat(result.status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(result.errors()).isEmpty();
    assertThat(result.outputs()).containsEntry("gather", Arrays.asList(1, null, 3));
  }

  @Test
  void theChunkSizeBoundsHowManyRunAtATime() {
    List<CompletableFuture<NodeResult>> open = new ArrayList<>();
    Flow flow =
        Flow.named("chunks")
            .node("list", c -> NodeResult.output(IntStream.range(0, 7).boxed().toList()))
            .batchAsync(
                "each",
                c -> {
                  CompletableFuture<NodeResult> future = new CompletableFuture<>();
                  open.add(future);
                  return future;
                },
                batch -> batch.chunkSize(3))
            .node("beside", tally.node())
            .edge("list", "each")
            .edge("list", "beside")
            .build();
    RunHandle handle = lab.launch(flow, "r");
    int done = 0;
    for (int expected : new int[] {3, 4, 5, 6, 7, 7, 7}) {
      lab.drain();
      assertThat(open).hasSize(expected);
      open.get(done++).complete(NodeResult.output(done));
    }

    assertThat(lab.settled(handle).status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(tally.count("beside")).isOne();
  }

  @Test
  void aWorkerThatWaitsLeavesItsLane() {
    Flow flow =
        Flow.named("lanes")
            .node("list", c -> NodeResult.output(List.of("a", "b", "c")))
            .batch("each", "wait", batch -> batch.chunkSize(1))
            .node("end", c -> NodeResult.output(c.input()))
            .edge("list", "each")
            .edge("each", "end")
            .build();

    RunResult waiting = lab.settled(lab.launch(flow, "r"));

    assertThat(waiting.awaiting()).hasSize(3);
    RunResult result = waiting;
    for (String worker : waiting.awaiting()) {
      result = lab.resume("r", worker, Resume.with(worker.substring(worker.length() - 1)));
    }
    assertThat(result.outputs()).containsEntry("end", List.of("0", "1", "2"));
  }

  @Test
  void anElementOfALongBatchIsReadAgainAfterACrash() {
    int count = 2_500;
    AtomicBoolean healthy = new AtomicBoolean();
    Flow flow =
        Flow.named("long")
            .node("list", c -> NodeResult.output(IntStream.range(0, count).boxed().toList()))
            .batchAsync(
                "each",
                c ->
                    healthy.get()
                        ? CompletableFuture.completedFuture(NodeResult.output(c.input()))
                        : new CompletableFuture<>(),
                batch -> batch.chunkSize(10))
            .node("end", c -> NodeResult.output(c.input()))
            .edge("list", "each")
            .edge("each", "end")
            .build();
    lab.launch(flow, "r");
    healthy.set(true);
    try (Lab second = lab.successor(flow)) {
      RunResult result = second.settled(second.runtime.handle("r"));

      assertThat(result.outputs()).containsEntry("end", IntStream.range(0, count).boxed().toList());
    }
  }

  @Test
  void aBatchInALoopStartsAfreshInEachIteration() {
    Flow flow =
        Flow.named("loop")
            .node(
                "list",
                c -> {
                  int n = c.context().get("n") instanceof Number k ? k.intValue() + 1 : 1;
                  c.context().set("n", n);
                  c.context().set("more", n < 3);
                  return NodeResult.output(
                      IntStream.range(0, n).map(i -> 10 * n + i).boxed().toList());
                })
            .batch("each", BatchTest::twice, batch -> batch.chunkSize(2))
            .node(
                "collect",
                c -> {
                  tally.note(String.valueOf(c.input()));
                  return null;
                })
            .loop("loop", "more", l -> l.start("list").end("collect"))
            .node("end", tally.node())
            .edge("list", "each")
            .edge("each", "collect")
            .edge("loop", "end")
            .build();

    RunResult result = lab.run(flow);

    assertThat(result.status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(tally.ran()).containsExactly("[20]", "[40, 42]", "[60, 62, 64]", "end");
  }

  @Test
  void aBatchInASubflowDeliversToTheParent() {
    Flow child =
        Flow.named("child")
            .node("list", c -> NodeResult.output(c.input()))
            .batch("each", BatchTest::twice, batch -> {})
            .edge("list", "each")
            .build();
    Flow flow =
        Flow.named("parent")
            .node("a", c -> NodeResult.output(List.of(1, 2)))
            .subflow("sub", child)
            .node("end", c -> NodeResult.output(c.input()))
            .edge("a", "sub")
            .edge("sub", "end")
            .build();

    assertThat(lab.run(flow).outputs()).containsEntry("end", List.of(2, 4));
  }

  @Test
  void elementsCanWaitForTheOutside() {
    Flow child = Flow.named("child").wait("w").build();
    Flow flow =
        Flow.named("parent")
            .node("a", c -> NodeResult.output(List.of(1, 2)))
            .batch("each", BuiltIns.WAIT, batch -> {})
            .node("end", c -> NodeResult.output(c.input()))
            .edge("a", "each")
            .edge("each", "end")
            .build();
    RunResult paused = lab.settled(lab.launch(flow, "r"));
    assertThat(paused.status()).isEqualTo(RunStatus.AWAITING);
    assertThat(paused.awaiting()).hasSize(2);

    lab.resume("r", paused.awaiting().get(1), Resume.with("second"));
    RunResult result = lab.resume("r", paused.awaiting().get(0), Resume.with("first"));

    assertThat(result.outputs()).containsEntry("end", List.of("first", "second"));
    assertThat(child.id()).isEqualTo("child");
  }

  @Test
  void theFanOutIsLimited() {
    try (Lab small =
        new Lab(
            builder ->
                builder.limits(new RuntimeLimits(RuntimeLimits.DEFAULT.values(), 10, 5, 3)))) {
      RunResult result = small.run(over(List.of(1, 2, 3, 4, 5, 6), BatchTest::twice));

      assertThat(result.status()).isEqualTo(RunStatus.FAILED);
      assertThat(result.errors().get(0).code()).isEqualTo(ErrorCode.FAN_OUT_LIMIT);
      assertThat(small.run(over(List.of(1, 2, 3, 4, 5), BatchTest::twice)).status())
          .isEqualTo(RunStatus.COMPLETED);
    }
  }

  @Test
  void itsEventsTellOfWorkersAndResults() {
    lab.run(over(List.of(1, 2), BatchTest::twice));

    assertThat(lab.events(FlowEvent.BatchStarted.class))
        .singleElement()
        .satisfies(event -> assertThat(event.workerIds()).hasSize(2));
    assertThat(lab.events(FlowEvent.BatchFinished.class))
        .singleElement()
        .satisfies(event -> assertThat(event.results()).isEqualTo(List.of(2, 4)));
  }

  @Test
  @Timeout(120)
  void aHundredThousandElementsAreNoProblem() {
    int count = 100_000;
    List<Integer> items = IntStream.range(0, count).boxed().toList();
    try (FlowRuntime real =
        FlowRuntime.builder()
            .properties(
                Map.of(
                    "flowcraft.queue", "memory",
                    "flowcraft.state", "memory",
                    "flowcraft.coordination", "memory"))
            .build()) {
      RunResult result =
          real.start(over(items, BatchTest::twice), Map.of(), RunOptions.DEFAULT)
              .await(Duration.ofSeconds(100));

      assertThat(result.status()).isEqualTo(RunStatus.COMPLETED);
      List<?> outputs = (List<?>) result.outputs().get("end");
      assertThat(outputs).hasSize(count);
      assertThat(outputs.get(count - 1)).isEqualTo(2 * (count - 1));
    }
  }
}
