package io.flowcraft.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowcraft.event.FlowEvent;
import io.flowcraft.flow.Flow;
import io.flowcraft.node.NodeContext;
import io.flowcraft.node.NodeResult;
import io.flowcraft.run.RunOptions;
import io.flowcraft.run.RunStatus;
import io.flowcraft.spi.Middleware;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Middleware and listeners of all processes together see each node once, wherever it runs. */
class ObserversTest extends Suite {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Notes what is executed, and changes what comes out. */
  private record Noting(ConcurrentLinkedQueue<String> notes) implements Middleware {
    @Override
    public void before(NodeContext context) {
      notes.add("before " + context.nodeId());
    }

    @Override
    public void after(NodeContext context, @Nullable NodeResult result, @Nullable Throwable error) {
      notes.add("after " + context.nodeId() + (error == null ? "" : " failed"));
    }
  }

  @ParameterizedTest
  @EnumSource(Stack.class)
  void eachNodeIsSeenOnce(Stack stack) {
    Flow flow =
        Flow.named("observed")
            .node("from", Nodes.OWN_ID)
            .sleep("nap", Duration.ofMillis(100))
            .node("left", Nodes.OWN_ID)
            .node("right", Nodes.BROKEN, node -> node.fallback("spare"))
            .node("spare", Nodes.OWN_ID)
            .node("join", Nodes.INPUTS)
            .edge("from", "nap")
            .edge("nap", "left")
            .edge("nap", "right")
            .edge("left", "join")
            .edge("right", "join")
            .build();
    ConcurrentLinkedQueue<String> notes = new ConcurrentLinkedQueue<>();
    ConcurrentLinkedQueue<FlowEvent> events = new ConcurrentLinkedQueue<>();

    try (Crew crew =
        new Crew(
            stack,
            Crews.space("observers"),
            builder -> builder.middleware(new Noting(notes)).listener(events::add))) {
      assertThat(crew.first().health(PATIENCE).isUp()).isTrue();
      crew.learn(flow);
      crew.first().start(flow, Map.of(), RunOptions.runId("observed"));
      assertThat(crew.last().handle("observed").await(PATIENCE).status())
          .isEqualTo(RunStatus.COMPLETED);
    }

    assertThat(notes)
        .filteredOn(note -> !note.contains("nap"))
        .containsExactlyInAnyOrder(
            "before from",
            "after from",
            "before left",
            "after left",
            "before right",
            "after right failed",
            "before spare",
            "after spare",
            "before join",
            "after join");
    assertThat(finished(events)).containsExactlyInAnyOrder("from", "nap", "left", "spare", "join");
    assertThat(events).filteredOn(FlowEvent.RunStarted.class::isInstance).hasSize(1);
    assertThat(events).filteredOn(FlowEvent.RunFinished.class::isInstance).hasSize(1);
  }

  private static List<String> finished(Iterable<FlowEvent> events) {
    ConcurrentLinkedQueue<String> nodes = new ConcurrentLinkedQueue<>();
    for (FlowEvent event : events) {
      if (event instanceof FlowEvent.NodeFinished end) {
        nodes.add(end.nodeId());
      }
    }
    return List.copyOf(nodes);
  }
}
