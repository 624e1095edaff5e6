package io.flowcraft.examples.snippets;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowcraft.flow.Flow;
import io.flowcraft.node.NodeResult;
import io.flowcraft.run.RunResult;
import io.flowcraft.runtime.FlowRuntime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LoopsTest {

  private static RunResult run(Flow flow, Map<String, Object> input) {
    try (FlowRuntime runtime = FlowRuntime.builder().flow(flow).build()) {
      return runtime.run(flow, input);
    }
  }

  @Test
  void loop() {
    // snippet:loop
    Flow flow =
        Flow.named("pages")
            .node(
                "fetch",
                ctx -> {
                  int page = ctx.context().has("page") ? (int) ctx.context().get("page") : 0;
                  ctx.context().set("page", page + 1);
                  ctx.context().set("more", page + 1 < 3);
                  return NodeResult.output("page " + page);
                })
            .node("store", ctx -> NodeResult.output("stored " + ctx.input()))
            .node("report", ctx -> NodeResult.output("done: " + ctx.input()))
            .loop("pages", "more", l -> l.start("fetch").end("store"))
            .edge("fetch", "store")
            .edge("pages", "report")
            .build();
    // end:loop
    RunResult result = run(flow, Map.of());
    assertThat(result.output("report", String.class)).contains("done: stored page 2");
    assertThat(result.context()).containsEntry("page", 3);
  }

  @Test
  void batch() {
    // snippet:batch
    Flow flow =
        Flow.named("thumbnails")
            .node("list", ctx -> NodeResult.output(List.of("a.png", "b.png", "c.png")))
            .batch(
                "shrink",
                ctx -> NodeResult.output("small-" + ctx.input(String.class)),
                b -> b.input("list").outputKey("thumbnails").chunkSize(2))
            .node("publish", ctx -> NodeResult.output(ctx.context().get("thumbnails")))
            .edge("list", "shrink")
            .edge("shrink", "publish")
            .build();
    // end:batch
    assertThat(run(flow, Map.of()).outputs().get("publish"))
        .isEqualTo(List.of("small-a.png", "small-b.png", "small-c.png"));
  }

  @Test
  void batchInLoop() {
    // snippet:batch-in-loop
    Flow flow =
        Flow.named("rounds")
            .node("begin", ctx -> NodeResult.output(List.of(1, 2)))
            .batch(
                "double",
                ctx -> NodeResult.output(ctx.input(Integer.class) * 2),
                b -> b.outputKey("items"))
            .node(
                "judge",
                ctx -> {
                  List<?> items = ctx.input(List.class);
                  ctx.context().set("small", (int) items.get(0) < 8);
                  return NodeResult.output(items);
                })
            .node("end", ctx -> NodeResult.output(ctx.input()))
            .loop("again", "small", l -> l.start("double").end("judge"))
            .edge("begin", "double")
            .edge("double", "judge")
            .edge("again", "end")
            .build();
    // end:batch-in-loop
    assertThat(run(flow, Map.of()).outputs().get("end")).isEqualTo(List.of(8, 16));
  }
}
