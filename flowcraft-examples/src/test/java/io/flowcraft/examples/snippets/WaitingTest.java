package io.flowcraft.examples.snippets;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowcraft.event.FlowEvent;
import io.flowcraft.event.FlowListener;
import io.flowcraft.flow.Flow;
import io.flowcraft.node.NodeResult;
import io.flowcraft.run.Resume;
import io.flowcraft.run.RunHandle;
import io.flowcraft.run.RunOptions;
import io.flowcraft.run.RunResult;
import io.flowcraft.run.RunStatus;
import io.flowcraft.runtime.FlowRuntime;
import io.flowcraft.spi.WebhookRegistrar;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class WaitingTest {

  // snippet:wait-flow
  static final Flow HOLIDAY =
      Flow.named("holiday")
          .node("request", ctx -> NodeResult.output(ctx.context().get("days")))
          .wait("approval")
          .node("book", ctx -> NodeResult.output("booked, " + ctx.input()))
          .node("regret", ctx -> NodeResult.output("not this time"))
          .edge("request", "approval")
          .edge("approval", "book", e -> e.on("approve"))
          .edge("approval", "regret", e -> e.on("decline"))
          .build();

  // end:wait-flow

  @Test
  void resume() {
    try (FlowRuntime runtime = FlowRuntime.builder().flow(HOLIDAY).build()) {
      // snippet:resume
      RunOptions options = RunOptions.runId("holiday-17");
      RunResult paused = runtime.run("holiday", Map.of("days", 5), options);
      System.out.println(paused.status() + " " + paused.awaiting());

      RunHandle run =
          runtime.resume("holiday-17", "approval", Resume.action("approve").output("have fun"));
      RunResult result = run.await(Duration.ofSeconds(10));
      System.out.println(result.output("book", String.class).orElseThrow());
      // end:resume
      assertThat(paused.status()).isEqualTo(RunStatus.AWAITING);
      assertThat(paused.awaiting()).containsExactly("approval");
      assertThat(result.output("book", String.class)).contains("booked, have fun");
    }
  }

  @Test
  void sleep() {
    // snippet:sleep
    Flow flow =
        Flow.named("reminder")
            .node("invite", ctx -> NodeResult.output("invited"))
            .sleep("a-moment", Duration.ofMillis(50))
            .node("remind", ctx -> NodeResult.output("reminded after " + ctx.input()))
            .edge("invite", "a-moment")
            .edge("a-moment", "remind")
            .build();
    // end:sleep
    try (FlowRuntime runtime = FlowRuntime.builder().flow(flow).build()) {
      RunResult result = runtime.run(flow, Map.of());
      assertThat(result.output("remind", String.class)).contains("reminded after invited");
    }
  }

  @Test
  void timeout() throws InterruptedException {
    // snippet:wait-timeout
    Flow flow =
        Flow.named("offer")
            .wait("answer", n -> n.timeout(Duration.ofMillis(50)).fallback("withdraw"))
            .node("withdraw", ctx -> NodeResult.output("nobody answered"))
            .node("file", ctx -> NodeResult.output("filed: " + ctx.input()))
            .edge("answer", "file")
            .build();
    // end:wait-timeout
    CountDownLatch finished = new CountDownLatch(1);
    FlowListener listener =
        event -> {
          if (event instanceof FlowEvent.RunFinished) {
            finished.countDown();
          }
        };
    try (FlowRuntime runtime = FlowRuntime.builder().flow(flow).listener(listener).build()) {
      RunHandle run = runtime.start(flow, Map.of(), RunOptions.runId("offer-1"));
      assertThat(finished.await(10, TimeUnit.SECONDS)).isTrue();
      RunResult result = run.snapshot();
      assertThat(result.status()).isEqualTo(RunStatus.COMPLETED);
      assertThat(result.output("file", String.class)).contains("filed: nobody answered");
    }
  }

  @Test
  void webhook() {
    // snippet:webhook
    Flow flow =
        Flow.named("signature")
            .webhook("endpoint")
            .node(
                "send",
                ctx -> NodeResult.output("please sign at " + ctx.input(Map.class).get("url")))
            .wait("signed")
            .node("file", ctx -> NodeResult.output("filed: " + ctx.input()))
            .edge("endpoint", "send")
            .edge("send", "signed")
            .edge("signed", "file")
            .build();

    WebhookRegistrar registrar =
        (runId, nodeId) ->
            CompletableFuture.completedStage(
                new WebhookRegistrar.Endpoint("https://hooks.example.org/" + runId, "signed"));
    // end:webhook
    try (FlowRuntime runtime = FlowRuntime.builder().flow(flow).webhooks(registrar).build()) {
      RunResult paused = runtime.run(flow, Map.of(), RunOptions.runId("s1"));
      assertThat(paused.output("send", String.class))
          .contains("please sign at https://hooks.example.org/s1");
      // snippet:webhook-call
      runtime.resume("s1", "signed", Resume.with("with love"));
      // end:webhook-call
      assertThat(runtime.handle("s1").await(Duration.ofSeconds(10)).output("file", String.class))
          .contains("filed: with love");
    }
  }

  @Test
  void explain() {
    try (FlowRuntime runtime = FlowRuntime.builder().flow(HOLIDAY).build()) {
      runtime.run("holiday", Map.of("days", 5), RunOptions.runId("holiday-17"));
      // snippet:explain
      System.out.println(runtime.explain("holiday-17"));
      // end:explain
      assertThat(runtime.explain("holiday-17").toString()).contains("approval: AWAITING");
    }
  }
}
