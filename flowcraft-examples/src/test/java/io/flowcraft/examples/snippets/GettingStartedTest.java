package io.flowcraft.examples.snippets;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowcraft.blueprint.Blueprint;
import io.flowcraft.flow.Flow;
import io.flowcraft.json.BlueprintJson;
import io.flowcraft.node.ContextKey;
import io.flowcraft.node.Node;
import io.flowcraft.node.NodeContext;
import io.flowcraft.node.NodeRegistry;
import io.flowcraft.node.NodeResult;
import io.flowcraft.run.RunHandle;
import io.flowcraft.run.RunOptions;
import io.flowcraft.run.RunResult;
import io.flowcraft.run.RunStatus;
import io.flowcraft.runtime.FlowRuntime;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class GettingStartedTest {

  @Test
  void first() {
    // snippet:first
    Flow welcome =
        Flow.named("welcome")
            .node("greet", ctx -> NodeResult.output("Hello " + ctx.context().get("name")))
            .node(
                "shout", ctx -> NodeResult.output(ctx.input(String.class).toUpperCase(Locale.ROOT)))
            .edge("greet", "shout")
            .build();

    try (FlowRuntime runtime = FlowRuntime.builder().flow(welcome).build()) {
      RunResult result = runtime.run(welcome, Map.of("name", "Ada"));
      System.out.println(result.output("shout", String.class).orElseThrow());
    }
    // end:first
    try (FlowRuntime runtime = FlowRuntime.builder().flow(welcome).build()) {
      RunResult result = runtime.run(welcome, Map.of("name", "Ada"));
      assertThat(result.output("shout", String.class)).contains("HELLO ADA");
    }
  }

  // snippet:lifecycle-node
  /** Looks up a price: prepares once, asks as often as retries allow, and has something to say. */
  static final class PriceNode implements Node<String> {

    @Override
    public String prep(NodeContext context) {
      return context.input(String.class).strip();
    }

    @Override
    public NodeResult exec(String article, NodeContext context) {
      return NodeResult.output(article.length() * 100);
    }

    @Override
    public NodeResult fallback(Exception error, NodeContext context) {
      return NodeResult.output(0).withAction("unknown");
    }
  }

  // end:lifecycle-node

  @Test
  void waysToWriteANode() {
    // snippet:nodes
    Flow flow =
        Flow.named("prices")
            .node("article", ctx -> NodeResult.output(ctx.context().get("article")))
            .node("price", new PriceNode())
            .nodeAsync(
                "convert",
                ctx ->
                    CompletableFuture.supplyAsync(() -> ctx.input(Integer.class) * 1.08)
                        .thenApply(NodeResult::output))
            .edge("article", "price")
            .edge("price", "convert")
            .build();
    // end:nodes
    try (FlowRuntime runtime = FlowRuntime.builder().flow(flow).build()) {
      RunResult result = runtime.run(flow, Map.of("article", " lamp "));
      assertThat(result.output("convert", Double.class)).contains(432.0);
    }
  }

  // snippet:records
  record Order(String id, List<Integer> quantities) {}

  static final ContextKey<Order> ORDER = ContextKey.of("order", Order.class);

  static NodeResult count(NodeContext context) {
    Order order = context.context().get(ORDER).orElseThrow();
    return NodeResult.output(order.quantities().stream().mapToInt(Integer::intValue).sum());
  }

  // end:records

  @Test
  void recordsAreData() {
    Flow flow = Flow.named("count").node("count", GettingStartedTest::count).build();
    try (FlowRuntime runtime = FlowRuntime.builder().flow(flow).build()) {
      RunResult result = runtime.run(flow, Map.of("order", new Order("7", List.of(2, 3))));
      assertThat(result.output("count", Integer.class)).contains(5);
    }
  }

  @Test
  void fromJson() {
    // snippet:from-json
    Blueprint blueprint =
        BlueprintJson.read(
            """
            {
              "id": "hello",
              "nodes": [
                { "id": "greet", "uses": "greet", "params": { "greeting": "Good day" } },
                { "id": "pause", "uses": "sleep", "params": { "duration": 10 } }
              ],
              "edges": [{ "source": "greet", "target": "pause" }]
            }
            """);
    NodeRegistry registry =
        NodeRegistry.empty()
            .register("greet", ctx -> NodeResult.output(ctx.params().get("greeting") + "!"));

    try (FlowRuntime runtime =
        FlowRuntime.builder().blueprint(blueprint).registry(registry).build()) {
      RunResult result = runtime.run("hello", Map.of(), RunOptions.DEFAULT);
      System.out.println(result.outputs());
    }
    // end:from-json
    try (FlowRuntime runtime = FlowRuntime.builder().build()) {
      RunResult result = runtime.run(Flow.of(blueprint, registry), Map.of());
      assertThat(result.output("pause", String.class)).contains("Good day!");
    }
  }

  @Test
  void startAndAwait() {
    Flow welcome = Flow.named("welcome").node("a", ctx -> NodeResult.output(1)).build();
    // snippet:start
    try (FlowRuntime runtime = FlowRuntime.builder().flow(welcome).build()) {
      RunHandle run = runtime.start(welcome, Map.of("name", "Ada"), RunOptions.runId("ada-1"));
      RunHandle same = runtime.start(welcome, Map.of("name", "Ada"), RunOptions.runId("ada-1"));
      RunResult result = run.await(Duration.ofSeconds(10));
      System.out.println(result.status() + " " + same.snapshot().status());
    }
    // end:start
  }

  // snippet:dependency
  interface Mail {
    void send(String to, String text);
  }

  static NodeResult remind(NodeContext context) {
    context.dependency(Mail.class).send("ada@example.org", "Your order waits.");
    return NodeResult.none();
  }

  // end:dependency

  @Test
  void dependencies() {
    StringBuilder sent = new StringBuilder();
    Mail mail = (to, text) -> sent.append(to);
    // snippet:dependency-use
    Flow flow = Flow.named("remind").node("remind", GettingStartedTest::remind).build();
    try (FlowRuntime runtime =
        FlowRuntime.builder().flow(flow).dependency(Mail.class, mail).build()) {
      runtime.run(flow, Map.of());
    }
    // end:dependency-use
    assertThat(sent).hasToString("ada@example.org");
  }

  @Test
  void subflows() {
    // snippet:subflow
    Flow price =
        Flow.named("price")
            .node("net", ctx -> NodeResult.output(ctx.context().get("amount")))
            .node("gross", ctx -> NodeResult.output(ctx.input(Integer.class) * 119 / 100))
            .edge("net", "gross")
            .build();
    Flow order =
        Flow.named("order")
            .node("sum", ctx -> NodeResult.output(200))
            .subflow("tax", price, s -> s.input("amount", "sum").output("total", "gross"))
            .node("pay", ctx -> NodeResult.output("paid " + ctx.context().get("total")))
            .edge("sum", "tax")
            .edge("tax", "pay")
            .build();
    // end:subflow
    try (FlowRuntime runtime = FlowRuntime.builder().flow(order).build()) {
      RunResult result = runtime.run(order, Map.of());
      assertThat(result.status()).isEqualTo(RunStatus.COMPLETED);
      assertThat(result.output("pay", String.class)).contains("paid 238");
    }
  }

  @Test
  void events() {
    Flow welcome = Flow.named("welcome").node("a", ctx -> NodeResult.output(1)).build();
    StringBuilder lines = new StringBuilder();
    // snippet:events
    try (FlowRuntime runtime =
        FlowRuntime.builder()
            .flow(welcome)
            .listener(event -> lines.append(event.type()).append('\n'))
            .build()) {
      runtime.run(welcome, Map.of("name", "Ada"));
    }
    // end:events
    assertThat(lines).contains("workflow:start", "node:finish", "workflow:finish");
  }
}
