package io.flowcraft.testkit.golden;

import io.flowcraft.node.NodeContext;
import io.flowcraft.node.NodeResult;
import io.flowcraft.spi.TimeSource;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Processes that share their backends share nothing else: nodes know what the engine tells them.
 */
enum FleetBench implements Bench {
  INSTANCE;

  @Override
  public int attempt(NodeContext node) {
    return node.attempt();
  }

  @Override
  public CompletionStage<NodeResult> sleep(NodeContext node, double millis, NodeResult result) {
    CompletableFuture<NodeResult> slept = new CompletableFuture<>();
    node.dependency(TimeSource.class)
        .schedule(Duration.ofMillis((long) millis), () -> slept.complete(result));
    return slept;
  }

  @Override
  public void cancel() {
    throw new UnsupportedOperationException("a node of a fleet can't cancel the step of a case");
  }

  @Override
  public void log(String line) {}

  @Override
  public void enter() {}

  @Override
  public void leave() {}
}
