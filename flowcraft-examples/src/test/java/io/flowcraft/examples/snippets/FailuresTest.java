package io.flowcraft.examples.snippets;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowcraft.blueprint.Retry;
import io.flowcraft.error.ErrorCode;
import io.flowcraft.error.FlowcraftException;
import io.flowcraft.flow.Flow;
import io.flowcraft.node.NodeContext;
import io.flowcraft.node.NodeResult;
import io.flowcraft.run.RunOptions;
import io.flowcraft.run.RunOptions.FailurePolicy;
import io.flowcraft.run.RunResult;
import io.flowcraft.run.RunStatus;
import io.flowcraft.runtime.FlowRuntime;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class FailuresTest {

  private static final Duration SOON = Duration.ofSeconds(10);

  static final class CardRefused extends Exception {
    private static final long serialVersionUID = 1L;
  }

  static NodeResult charge(NodeContext context) throws IOException {
    if (context.attempt() < 3) {
      throw new IOException("no answer");
    }
    return NodeResult.output("charged with key " + context.idempotencyKey().length());
  }

  @Test
  void retries() {
    // snippet:retry
    Flow flow =
        Flow.named("payment")
            .node(
                "charge",
                FailuresTest::charge,
                n ->
                    n.retry(
                            Retry.exponential(Duration.ofMillis(10))
                                .maxAttempts(5)
                                .maxDelay(Duration.ofSeconds(30))
                                .jitter(0.5)
                                .nonRetryable(List.of(CardRefused.class)))
                        .timeout(Duration.ofSeconds(5)))
            .build();
    // end:retry
    try (FlowRuntime runtime = FlowRuntime.builder().flow(flow).build()) {
      assertThat(runtime.run(flow, Map.of()).status()).isEqualTo(RunStatus.COMPLETED);
    }
  }

  @Test
  void compensations() {
    List<String> undone = new ArrayList<>();
    // snippet:compensate
    Flow flow =
        Flow.named("trip")
            .node("flight", ctx -> NodeResult.output("LH 4"), n -> n.compensate("cancel-flight"))
            .node("hotel", ctx -> NodeResult.output("room 7"), n -> n.compensate("cancel-hotel"))
            .node(
                "car",
                ctx -> {
                  throw new IOException("no cars left");
                })
            .node(
                "cancel-flight",
                ctx -> {
                  undone.add("no " + ctx.input());
                  return NodeResult.none();
                })
            .node(
                "cancel-hotel",
                ctx -> {
                  undone.add("no " + ctx.input());
                  return NodeResult.none();
                })
            .edge("flight", "hotel")
            .edge("hotel", "car")
            .build();
    // end:compensate
    try (FlowRuntime runtime = FlowRuntime.builder().flow(flow).build()) {
      assertThat(runtime.run(flow, Map.of()).status()).isEqualTo(RunStatus.FAILED);
    }
    assertThat(undone).containsExactly("no room 7", "no LH 4");
  }

  @Test
  void fallbacks() {
    // snippet:fallback
    Flow flow =
        Flow.named("quote")
            .node("article", ctx -> NodeResult.output("lamp"))
            .node(
                "ask",
                ctx -> {
                  throw new IOException("no answer");
                },
                n -> n.retry(Retry.NONE.maxAttempts(2)).fallback("guess"))
            .node(
                "guess",
                ctx -> NodeResult.output(ctx.input() + ": 10, because " + ctx.failure().message()))
            .node("print", ctx -> NodeResult.output(ctx.input()))
            .edge("article", "ask")
            .edge("ask", "print")
            .build();
    // end:fallback
    try (FlowRuntime runtime = FlowRuntime.builder().flow(flow).build()) {
      RunResult result = runtime.run(flow, Map.of());
      assertThat(result.status()).isEqualTo(RunStatus.COMPLETED);
      assertThat(result.output("print", String.class).orElseThrow()).startsWith("lamp: 10");
    }
  }

  @Test
  void fatal() {
    // snippet:fatal
    Flow flow =
        Flow.named("import")
            .node(
                "parse",
                ctx -> {
                  throw FlowcraftException.fatal("Line 7 has no date");
                },
                n -> n.retry(Retry.NONE.maxAttempts(5)))
            .node("elsewhere", ctx -> NodeResult.output("done"))
            .build();
    // end:fatal
    try (FlowRuntime runtime = FlowRuntime.builder().flow(flow).build()) {
      // snippet:errors
      RunResult result = runtime.run(flow, Map.of());
      result.errors().forEach(error -> System.out.println(error.nodeId() + ": " + error.message()));
      // end:errors
      assertThat(result.status()).isEqualTo(RunStatus.FAILED);
      assertThat(result.output("elsewhere", String.class)).contains("done");
      assertThat(result.errors().get(0).code()).isEqualTo(ErrorCode.USER);
      // snippet:stop
      RunOptions options = RunOptions.DEFAULT.withFailurePolicy(FailurePolicy.STOP);
      RunResult stopped = runtime.run(flow, Map.of(), options);
      // end:stop
      assertThat(stopped.status()).isEqualTo(RunStatus.FAILED);
    }
  }

  @Test
  void repair() {
    AtomicBoolean open = new AtomicBoolean();
    // snippet:repair-flow
    Flow flow =
        Flow.named("report")
            .node("collect", ctx -> NodeResult.output(List.of(1, 2, 3)))
            .node(
                "upload",
                ctx -> {
                  if (!open.get()) {
                    throw new IOException("the archive is closed");
                  }
                  return NodeResult.output("uploaded " + ctx.input());
                })
            .node("tell", ctx -> NodeResult.output("told: " + ctx.input()))
            .edge("collect", "upload")
            .edge("upload", "tell")
            .build();
    // end:repair-flow
    try (FlowRuntime runtime = FlowRuntime.builder().flow(flow).build()) {
      for (String id : List.of("r1", "r2", "r3")) {
        assertThat(runtime.run(flow, Map.of(), RunOptions.runId(id)).status())
            .isEqualTo(RunStatus.FAILED);
      }
      open.set(true);
      // snippet:repair
      runtime.retry("r1");
      runtime.skipNode("r2", "upload");
      runtime.completeNode("r3", "upload", NodeResult.output("uploaded by hand"));
      // end:repair
      assertThat(runtime.handle("r1").await(SOON).output("tell", String.class))
          .contains("told: uploaded [1, 2, 3]");
      assertThat(runtime.handle("r2").await(SOON).status()).isEqualTo(RunStatus.COMPLETED);
      assertThat(runtime.handle("r3").await(SOON).output("tell", String.class))
          .contains("told: uploaded by hand");
    }
  }

  @Test
  void cancel() {
    Flow flow = Flow.named("long").wait("forever").build();
    try (FlowRuntime runtime = FlowRuntime.builder().flow(flow).build()) {
      runtime.run(flow, Map.of(), RunOptions.runId("long-1"));
      // snippet:cancel
      runtime.cancel("long-1", "the customer asked for it");
      // end:cancel
      assertThat(runtime.handle("long-1").await(SOON).status()).isEqualTo(RunStatus.CANCELLED);
    }
  }
}
