package io.flowcraft.testkit.simulation;

import io.flowcraft.node.AsyncNodeFunction;
import io.flowcraft.node.NodeFunction;
import io.flowcraft.node.NodeResult;
import io.flowcraft.spi.TimeSource;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** What the nodes of the standard workloads do. */
final class Nodes {

  /** The id of the node. */
  static final NodeFunction OWN_ID = c -> NodeResult.output(c.nodeId());

  /** The input, if there is one. */
  static final NodeFunction ECHO =
      c -> c.hasInput() ? NodeResult.output(c.input()) : NodeResult.none();

  /** What the taken edges delivered. */
  static final NodeFunction INPUTS = c -> NodeResult.output(c.inputs());

  /** How often the node was executed, so that no two executions have the same output. */
  static final NodeFunction EXECUTION =
      c -> NodeResult.output(c.dependency(Outside.class).count(c.nodeId()));

  /** Nothing but a failure. */
  static final NodeFunction BROKEN =
      c -> {
        throw new IllegalStateException("broken");
      };

  private Nodes() {}

  /** The id of the node, after a while. */
  static AsyncNodeFunction slow(Duration time) {
    return slow(time, OWN_ID);
  }

  /** How often the node was executed, after a while. */
  static AsyncNodeFunction slowExecution(Duration time) {
    return slow(time, EXECUTION);
  }

  private static AsyncNodeFunction slow(Duration time, NodeFunction quick) {
    return c -> {
      CompletableFuture<NodeResult> result = new CompletableFuture<>();
      c.dependency(TimeSource.class)
          .schedule(
              time,
              () -> {
                try {
                  result.complete(quick.run(c));
                } catch (Exception e) {
                  result.completeExceptionally(e);
                }
              });
      return result;
    };
  }
}
