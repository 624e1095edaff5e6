package io.flowcraft.testkit.golden;

import io.flowcraft.event.FlowListener;
import io.flowcraft.expression.ExpressionEvaluator;
import io.flowcraft.json.BlueprintJson;
import io.flowcraft.memory.InMemoryCoordinationStore;
import io.flowcraft.memory.InMemoryJobQueue;
import io.flowcraft.runtime.FlowRuntime;
import io.flowcraft.runtime.RuntimeBuilder;
import io.flowcraft.runtime.Validation;
import io.flowcraft.spi.ContextStore;
import io.flowcraft.spi.WebhookRegistrar;
import io.flowcraft.testkit.ManualExecutor;
import io.flowcraft.testkit.VirtualTime;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;

/** A runtime as if in a process of its own: it shares nothing with others but the context store. */
final class Engine {

  /** When every step takes place. */
  static final Instant NOW = Instant.parse("2024-01-01T00:00:00Z");

  static final WebhookRegistrar WEBHOOKS =
      (runId, nodeId) ->
          CompletableFuture.completedFuture(
              new WebhookRegistrar.Endpoint("https://hooks.test/" + nodeId, "webhook:" + nodeId));

  private final ManualExecutor executor = new ManualExecutor();
  private final RoundGate gate = new RoundGate();
  private final StepBench bench;
  private final FlowRuntime runtime;

  Engine(GoldenCase golden, StepBench bench, ContextStore store, FlowListener listener) {
    this.bench = bench;
    VirtualTime time = new VirtualTime(NOW);
    RuntimeBuilder builder =
        FlowRuntime.builder()
            .alone()
            .validation(Validation.COMPATIBLE)
            .registry(StandardNodes.registry(bench))
            .listener(listener)
            .time(time)
            .executor(executor);
    golden.blueprints().forEach((key, raw) -> builder.blueprint(key, BlueprintJson.read(raw)));
    if (bench.schedule() != Schedule.EAGER) {
      builder.middleware(gate).maxLocalSteps(0);
    }
    GoldenOptions options = golden.options();
    options
        .middleware()
        .forEach(name -> builder.middleware(StandardMiddlewares.named(name, bench)));
    if (options.expressions()) {
      builder.evaluator(new ExpressionEvaluator());
    }
    if (options.webhooks()) {
      builder.webhooks(WEBHOOKS);
    }
    this.runtime =
        builder
            .jobQueue(Backends.queue(new InMemoryJobQueue(executor)))
            .contextStore(Backends.context(store))
            .coordinationStore(Backends.coordination(new InMemoryCoordinationStore(time)))
            .build();
  }

  FlowRuntime runtime() {
    return runtime;
  }

  /** Runs everything that can run without time passing. */
  void drain() {
    do {
      executor.drain();
    } while (bench.slowNodes().wakeNext() || gate.open());
  }
}
