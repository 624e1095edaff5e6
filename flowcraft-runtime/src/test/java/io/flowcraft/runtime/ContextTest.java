package io.flowcraft.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowcraft.error.ErrorCode;
import io.flowcraft.event.FlowEvent;
import io.flowcraft.flow.Flow;
import io.flowcraft.node.ContextKey;
import io.flowcraft.node.NodeContext;
import io.flowcraft.node.NodeResult;
import io.flowcraft.run.RunResult;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The data that the nodes of a run share. */
class ContextTest {

  record Money(String currency, long cents) {}

  private static final ContextKey<Money> PRICE = ContextKey.of("price", Money.class);

  private final Lab lab = new Lab();

  @AfterEach
  void close() {
    lab.close();
  }

  @Test
  void writesAreReadByWhoComesLater() {
    Flow flow =
        Flow.named("flow")
            .node(
                "a",
                c -> {
                  c.context().set(PRICE, new Money("EUR", 5));
                  c.context().set("text", "t");
                  Map<String, Object> more = new HashMap<>();
                  more.put("p", 1);
                  more.put("q", null);
                  c.context().patch(more);
                  return null;
                })
            .node(
                "b",
                c -> {
                  var data = c.context();
                  return NodeResult.output(
                      List.of(
                          data.get(PRICE).orElseThrow().cents(),
                          data.get("text"),
                          data.has("q"),
                          data.get("q") == null,
                          data.has("ghost"),
                          data.get(ContextKey.of("ghost", Money.class)).isEmpty()));
                })
            .edge("a", "b")
            .build();

    RunResult result = lab.run(flow);

    assertThat(result.outputs()).containsEntry("b", List.of(5, "t", true, true, false, true));
    assertThat(result.context())
        .containsEntry("price", Map.of("currency", "EUR", "cents", 5))
        .containsEntry("q", null);
  }

  @Test
  void aDeletedKeyIsGone() {
    Flow flow =
        Flow.named("flow")
            .node(
                "a",
                c ->
                    NodeResult.output(
                        List.of(
                            c.context().delete("given"),
                            c.context().delete("given"),
                            c.context().has("given"),
                            c.context().get("given") == null)))
            .node("b", c -> NodeResult.output(c.context().has("given")))
            .edge("a", "b")
            .build();

    RunResult result = lab.run(flow, Map.of("given", 1));

    assertThat(result.outputs())
        .containsEntry("a", List.of(true, false, false, true))
        .containsEntry("b", false);
    assertThat(result.context()).doesNotContainKey("given");
  }

  @Test
  void writesShowTogetherWithTheOutcomeAndNotBefore() {
    AtomicReference<NodeContext> writer = new AtomicReference<>();
    CompletableFuture<NodeResult> end = new CompletableFuture<>();
    Flow flow =
        Flow.named("flow")
            .nodeAsync(
                "writer",
                c -> {
                  writer.set(c);
                  c.context().set("x", "new");
                  return end;
                })
            .node("reader", c -> NodeResult.output(c.context().get("x")))
            .node("later", c -> NodeResult.output(c.context().get("x")))
            .edge("writer", "later")
            .build();
    var handle = lab.start(flow, Map.of("x", "old"), io.flowcraft.run.RunOptions.DEFAULT);
    lab.drain();

    assertThat(handle.snapshot().outputs()).containsEntry("reader", "old");
    assertThat(handle.snapshot().context()).containsEntry("x", "old");
    assertThat(writer.get().context().get("x")).isEqualTo("new");

    end.complete(NodeResult.none());
    assertThat(lab.settled(handle).outputs()).containsEntry("later", "new");
  }

  @Test
  void writesAfterTheEndGoNowhere() {
    AtomicReference<NodeContext> kept = new AtomicReference<>();
    Flow flow =
        Flow.named("flow")
            .node(
                "a",
                c -> {
                  kept.set(c);
                  c.context().set("in time", 1);
                  return null;
                })
            .node(
                "b",
                c -> {
                  kept.get().context().set("too late", 1);
                  return NodeResult.output(c.context().has("too late"));
                })
            .edge("a", "b")
            .build();

    RunResult result = lab.run(flow);

    assertThat(result.outputs()).containsEntry("b", false);
    assertThat(result.context()).containsKey("in time").doesNotContainKey("too late");
  }

  @Test
  void theLastWriteCounts() {
    Flow flow =
        Flow.named("flow")
            .node("a", c -> set(c, 1))
            .node("b", c -> set(c, 2))
            .node("c", c -> NodeResult.output(c.context().get("k")))
            .edge("a", "b")
            .edge("b", "c")
            .build();

    assertThat(lab.run(flow, Map.of("k", 0)).outputs()).containsEntry("c", 2);
  }

  private static NodeResult set(NodeContext context, int value) {
    context.context().set("k", value);
    return NodeResult.none();
  }

  @Test
  void outputsAndInputsCanBeReadByTheirKeys() {
    Flow flow =
        Flow.named("flow")
            .node("a", c -> NodeResult.output("A"))
            .node(
                "b",
                c ->
                    NodeResult.output(
                        List.of(
                            c.context().get("a"),
                            c.context().get("_outputs.a"),
                            c.context().get("_inputs.b"),
                            c.context().has("_outputs.c"))))
            .node("c", c -> NodeResult.none())
            .edge("a", "b")
            .edge("b", "c")
            .build();

    assertThat(lab.run(flow).outputs()).containsEntry("b", List.of("A", "A", "A", false));
  }

  @Test
  void aTypedKeyRefusesAnotherType() {
    Flow flow =
        Flow.named("flow").node("a", c -> NodeResult.output(c.context().get(PRICE))).build();

    assertThat(lab.run(flow, Map.of("price", "cheap")).errors())
        .singleElement()
        .satisfies(error -> assertThat(error.code()).isEqualTo(ErrorCode.VALUE_TYPE));
  }

  @Test
  void listenersHearOfCommittedWritesOnly() {
    Flow flow =
        Flow.named("flow")
            .node(
                "a",
                c -> {
                  c.context().set("x", 1);
                  c.context().set("x", 2);
                  c.context().delete("y");
                  return null;
                })
            .build();

    lab.run(flow, Map.of("y", 1));

    assertThat(lab.events(FlowEvent.ContextChanged.class))
        .extracting(FlowEvent.ContextChanged::key, FlowEvent.ContextChanged::value)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("x", 2),
            org.assertj.core.groups.Tuple.tuple("y", null));
  }
}
