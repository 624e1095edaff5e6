package io.flowcraft.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowcraft.blueprint.Retry;
import io.flowcraft.error.FlowcraftException;
import io.flowcraft.event.FlowEvent;
import io.flowcraft.flow.Flow;
import io.flowcraft.history.HistoryReplay;
import io.flowcraft.history.ReplayedRun;
import io.flowcraft.memory.InMemoryContextStore;
import io.flowcraft.node.NodeResult;
import io.flowcraft.run.NodeStatus;
import io.flowcraft.run.Resume;
import io.flowcraft.run.RunOptions;
import io.flowcraft.run.RunResult;
import io.flowcraft.run.RunStatus;
import io.flowcraft.spi.ContextStore;
import io.flowcraft.spi.ContextStoreProvider;
import io.flowcraft.spi.ProviderContext;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** A replayed run is the run that the engine saw. */
class RecordedHistoryTest {

  private static final Duration SOON = Duration.ofSeconds(20);
  private static final String RUN = "run";

  private static Flow branches() {
    return Flow.named("branches")
        .node(
            "begin",
            ctx -> {
              ctx.context().set("note", Map.of("by", ctx.nodeId()));
              ctx.context().set("draft", 1);
              return NodeResult.output(List.of(1, 2.5, "x")).withAction("go");
            })
        .node(
            "left",
            ctx -> {
              ctx.context().delete("draft");
              return NodeResult.output(Map.of("in", ctx.input())).with("score", 3);
            })
        .node("right", ctx -> NodeResult.none())
        .node("never", ctx -> NodeResult.output("never"))
        .node("behind", ctx -> NodeResult.output("never"))
        .node("join", ctx -> NodeResult.output(null))
        .edge("begin", "left", e -> e.on("go").transform("input"))
        .edge("begin", "right", e -> e.when("result.output"))
        .edge("begin", "never", e -> e.on("stay"))
        .edge("never", "behind")
        .edge("left", "join")
        .edge("right", "join")
        .build();
  }

  private static Flow loop() {
    return Flow.named("loop")
        .node("begin", ctx -> NodeResult.none())
        .node(
            "fetch",
            ctx -> {
              int page = ctx.context().has("page") ? (int) ctx.context().get("page") : 0;
              ctx.context().set("page", page + 1);
              ctx.context().set("more", page + 1 < 4);
              return NodeResult.output("page " + page);
            })
        .node("store", ctx -> NodeResult.output("stored " + ctx.input()))
        .node("report", ctx -> NodeResult.output("done: " + ctx.input()))
        .loop("pages", "more", l -> l.start("fetch").end("store"))
        .edge("begin", "fetch")
        .edge("fetch", "store")
        .edge("pages", "report")
        .build();
  }

  private static Flow batch() {
    return Flow.named("batch")
        .node("list", ctx -> NodeResult.output(List.of("a", "b", "c")))
        .batch(
            "shrink",
            ctx -> NodeResult.output("small " + ctx.input(String.class)),
            b -> b.input("list").outputKey("small").chunkSize(2))
        .node("publish", ctx -> NodeResult.output(ctx.context().get("small")))
        .edge("list", "shrink")
        .edge("shrink", "publish")
        .build();
  }

  private static Flow failures() {
    AtomicInteger calls = new AtomicInteger();
    return Flow.named("failures")
        .node(
            "flaky",
            ctx -> {
              if (calls.incrementAndGet() < 3) {
                throw new IllegalStateException("not yet");
              }
              return NodeResult.output("at last");
            },
            n -> n.retry(Retry.NONE.maxAttempts(3)))
        .node("ask", ctx -> fail("no answer"), n -> n.fallback("guess"))
        .node("guess", ctx -> NodeResult.output("a guess"))
        .node("print", ctx -> NodeResult.output(ctx.input()))
        .node("broken", ctx -> fail("out of paper"))
        .node("after", ctx -> NodeResult.output("never"))
        .edge("flaky", "ask")
        .edge("ask", "print")
        .edge("flaky", "broken")
        .edge("broken", "after")
        .build();
  }

  private static NodeResult fail(String message) {
    throw FlowcraftException.failure(message);
  }

  private static Flow child() {
    return Flow.named("child").node("inner", ctx -> NodeResult.output("inside")).build();
  }

  private static Flow parent() {
    return Flow.named("parent")
        .node("first", ctx -> NodeResult.output(1))
        .subflow("sub", child())
        .node("last", ctx -> NodeResult.output(ctx.input()))
        .edge("first", "sub")
        .edge("sub", "last")
        .build();
  }

  private static Flow waiting() {
    return Flow.named("waiting")
        .node("ask", ctx -> NodeResult.output("please"))
        .wait("approval")
        .node("book", ctx -> NodeResult.output("booked: " + ctx.input()))
        .edge("ask", "approval")
        .edge("approval", "book", e -> e.on("approve"))
        .build();
  }

  private static FlowRuntime recording(Flow flow) {
    return FlowRuntime.builder().flow(flow).recordHistory(true).build();
  }

  @TestFactory
  Stream<DynamicTest> aReplayedRunIsTheRun() {
    return Stream.of(branches(), loop(), batch(), failures(), parent(), waiting())
        .map(flow -> DynamicTest.dynamicTest(flow.id(), () -> runAndReplay(flow)));
  }

  private static void runAndReplay(Flow flow) {
    try (FlowRuntime runtime = recording(flow)) {
      RunResult result = runtime.run(flow, Map.of("given", true), RunOptions.runId(RUN));

      assertSame(HistoryReplay.replay(runtime.history(RUN)), result);
    }
  }

  private static void assertSame(ReplayedRun replayed, RunResult result) {
    assertThat(replayed.runId()).isEqualTo(result.runId());
    assertThat(replayed.blueprintId()).isEqualTo(result.blueprintId());
    assertThat(replayed.status()).isEqualTo(result.status());
    assertThat(replayed.outputs()).isEqualTo(result.outputs());
    assertThat(replayed.errors()).isEqualTo(result.errors());
    assertThat(replayed.awaiting()).isEqualTo(result.awaiting());
    Map<String, NodeStatus> nodes = new LinkedHashMap<>(result.nodes());
    nodes.keySet().retainAll(replayed.nodes().keySet());
    assertThat(replayed.nodes()).isEqualTo(nodes);
    assertThat(result.context()).containsAllEntriesOf(replayed.context());
  }

  @Test
  void aRunThatWaitedIsReplayedToItsEnd() {
    Flow flow = waiting();
    try (FlowRuntime runtime = recording(flow)) {
      runtime.run(flow, Map.of(), RunOptions.runId(RUN));
      int paused = runtime.history(RUN).size();
      RunResult result =
          runtime.resume(RUN, "approval", Resume.action("approve").output("have fun")).await(SOON);

      List<FlowEvent> events = runtime.history(RUN);
      assertSame(HistoryReplay.replay(events), result);
      assertThat(HistoryReplay.at(events, paused - 1).status()).isEqualTo(RunStatus.AWAITING);
      assertThat(HistoryReplay.at(events, paused - 1).awaiting()).containsExactly("approval");
    }
  }

  @Test
  void aRunThatWasMendedIsReplayedToItsEnd() {
    Flow flow = failures();
    try (FlowRuntime runtime = recording(flow)) {
      RunResult failed = runtime.run(flow, Map.of(), RunOptions.runId(RUN));
      int end = runtime.history(RUN).size();
      RunResult mended =
          runtime.completeNode(RUN, "broken", NodeResult.output("by hand")).await(SOON);

      List<FlowEvent> events = runtime.history(RUN);
      assertThat(mended.status()).isEqualTo(RunStatus.COMPLETED);
      assertThat(HistoryReplay.at(events, end - 1).errors()).isEqualTo(failed.errors());
      assertSame(HistoryReplay.replay(events), mended);
    }
  }

  @Test
  void aChildHasAHistoryOfItsOwn() {
    Flow flow = parent();
    try (FlowRuntime runtime = recording(flow)) {
      runtime.run(flow, Map.of(), RunOptions.runId(RUN));

      assertThat(runtime.history(RUN)).allMatch(event -> event.origin().runId().equals(RUN));
      ReplayedRun child = HistoryReplay.replay(runtime.history(RUN + "/sub"));
      assertThat(child.blueprintId()).isEqualTo("child");
      assertThat(child.outputs()).isEqualTo(Map.of("inner", "inside"));
    }
  }

  @Test
  void nothingIsRecordedUnlessAskedFor() {
    Flow flow = branches();
    try (FlowRuntime runtime = FlowRuntime.builder().flow(flow).build()) {
      runtime.run(flow, Map.of(), RunOptions.runId(RUN));

      assertThat(runtime.history(RUN)).isEmpty();
      assertThat(runtime.history("another")).isEmpty();
    }
  }

  @Test
  void aDeletedRunHasNoHistory() {
    Flow flow = branches();
    try (FlowRuntime runtime = recording(flow)) {
      runtime.run(flow, Map.of(), RunOptions.runId(RUN));
      runtime.delete(RUN);

      assertThat(runtime.history(RUN)).isEmpty();
    }
  }

  @Test
  void anotherRuntimeGoesOnWithTheHistory() {
    Flow flow = waiting();
    Shared shared = new Shared();
    try (FlowRuntime first =
        FlowRuntime.builder().flow(flow).contextStore(shared).recordHistory(true).build()) {
      first.run(flow, Map.of(), RunOptions.runId(RUN));
    }
    try (FlowRuntime second =
        FlowRuntime.builder().flow(flow).contextStore(shared).recordHistory(true).build()) {
      RunResult result = second.resume(RUN, null, Resume.action("approve")).await(SOON);

      List<FlowEvent> events = second.history(RUN);
      assertThat(events.get(0)).isInstanceOf(FlowEvent.RunStarted.class);
      assertSame(HistoryReplay.replay(events), result);
    }
  }

  /** One store for several runtimes, as a database is. */
  private static final class Shared implements ContextStoreProvider {

    private final ContextStore store = new InMemoryContextStore();

    @Override
    public String name() {
      return "shared";
    }

    @Override
    public ContextStore create(ProviderContext context) {
      return store;
    }
  }
}
