package io.flowcraft.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowcraft.blueprint.Blueprint;
import io.flowcraft.blueprint.BuiltIns;
import io.flowcraft.blueprint.NodeDefinition;
import io.flowcraft.blueprint.Retry;
import io.flowcraft.error.ErrorCode;
import io.flowcraft.flow.Flow;
import io.flowcraft.node.NodeRegistry;
import io.flowcraft.node.NodeResult;
import io.flowcraft.run.Resume;
import io.flowcraft.run.RunError;
import io.flowcraft.run.RunHandle;
import io.flowcraft.run.RunResult;
import io.flowcraft.run.RunStatus;
import io.flowcraft.spi.WebhookRegistrar;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A node that opens an address for the outside world. */
class WebhookTest {

  private final Tally tally = new Tally();
  private final Hooks hooks = new Hooks();
  private final Lab lab = new Lab(builder -> builder.webhooks(hooks));

  /** Knows which run an address belongs to, as a web server does. */
  private static final class Hooks implements WebhookRegistrar {

    private final List<String> asked = new ArrayList<>();
    private final CompletableFuture<Void> ready = new CompletableFuture<>();

    @Override
    public CompletionStage<Endpoint> register(String runId, String nodeId) {
      asked.add(runId + " " + nodeId);
      String url = "https://hooks.test/" + runId + "/" + nodeId;
      return ready.thenApply(done -> new Endpoint(url, "paid:" + runId));
    }

    /** Somebody calls an address. */
    RunHandle called(String url, FlowRuntime runtime, Object body) {
      return runtime.resume(url.split("/", -1)[3], "answer", Resume.with(body));
    }
  }

  @AfterEach
  void close() {
    lab.close();
  }

  private Flow flow() {
    return Flow.named("flow")
        .webhook("hook")
        .node("tell", tally.echo())
        .wait("answer")
        .node("end", tally.echo())
        .edge("hook", "tell", edge -> edge.transform("input.url"))
        .edge("tell", "answer")
        .edge("answer", "end")
        .build();
  }

  @Test
  void theEndpointIsTheOutput() {
    hooks.ready.complete(null);
    lab.launch(flow(), "r1");

    assertThat(hooks.asked).containsExactly("r1 hook");
    Map<String, Object> outputs = lab.runtime.handle("r1").snapshot().outputs();
    assertThat(outputs)
        .containsEntry("hook", Map.of("url", "https://hooks.test/r1/hook", "event", "paid:r1"))
        .containsEntry("tell", "https://hooks.test/r1/hook");
  }

  @Test
  void whoIsCalledAnswersTheWaitBehindIt() {
    hooks.ready.complete(null);
    lab.launch(flow(), "r1");
    lab.launch(flow(), "r2");

    RunHandle called = hooks.called("https://hooks.test/r1/hook", lab.runtime, Map.of("amount", 3));
    RunResult result = lab.settled(called);

    assertThat(result.runId()).isEqualTo("r1");
    assertThat(result.status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(result.outputs()).containsEntry("end", Map.of("amount", 3));
    assertThat(lab.runtime.handle("r2").snapshot().status()).isEqualTo(RunStatus.AWAITING);
  }

  @Test
  void nothingFollowsBeforeTheEndpointIsThere() {
    lab.launch(flow(), "r1");
    assertThat(tally.ran()).isEmpty();

    hooks.ready.complete(null);
    lab.drain();
    assertThat(tally.ran()).containsExactly("tell");
  }

  @Test
  void aRegistrarThatFailsIsAskedAgainIfTheNodeMayBeRetried() {
    List<String> asked = new ArrayList<>();
    WebhookRegistrar flaky =
        (runId, nodeId) -> {
          asked.add(nodeId);
          if (asked.size() == 1) {
            throw new IllegalStateException("down");
          }
          return asked.size() == 2
              ? CompletableFuture.failedFuture(new IllegalStateException("still down"))
              : CompletableFuture.completedFuture(new WebhookRegistrar.Endpoint("u", "e"));
        };
    Flow flow =
        Flow.named("flow").webhook("hook", node -> node.retry(Retry.fixed(Duration.ZERO))).build();
    try (Lab other = new Lab(builder -> builder.webhooks(flaky))) {
      assertThat(other.run(flow).outputs()).containsEntry("hook", Map.of("url", "u", "event", "e"));
      assertThat(asked).hasSize(3);
    }
  }

  @Test
  void withoutARegistrarTheNodeFailsAndSaysWhatToDo() {
    try (Lab bare = new Lab()) {
      RunResult result = bare.run(flow());

      assertThat(result.status()).isEqualTo(RunStatus.FAILED);
      assertThat(result.errors()).hasSize(1);
      RunError error = result.errors().get(0);
      assertThat(error.code()).isEqualTo(ErrorCode.DEPENDENCY_MISSING);
      assertThat(error.nodeId()).isEqualTo("hook");
      assertThat(error.toString())
          .contains("FC-3008", "'hook'", "No webhook registrar", "RuntimeBuilder.webhooks");
      assertThat(tally.ran()).isEmpty();
    }
  }

  @Test
  void aNodeOfOnesOwnMayTakeItsPlace() {
    Flow flow =
        Flow.of(
            new Blueprint("flow", List.of(NodeDefinition.of("hook", BuiltIns.WEBHOOK)), List.of()),
            NodeRegistry.empty().register(BuiltIns.WEBHOOK, c -> NodeResult.output("mine")));

    assertThat(lab.run(flow).outputs()).containsEntry("hook", "mine");
    assertThat(hooks.asked).isEmpty();
  }

  @Test
  void aRunThatIsCancelledDoesNotWaitForTheRegistrar() {
    lab.launch(flow(), "r1");

    RunResult result = lab.settled(lab.runtime.cancel("r1", "enough"));
    hooks.ready.complete(null);
    lab.drain();

    assertThat(result.status()).isEqualTo(RunStatus.CANCELLED);
    assertThat(tally.ran()).isEmpty();
  }
}
