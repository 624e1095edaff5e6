package io.flowcraft.testkit.simulation;

import io.flowcraft.blueprint.Join;
import io.flowcraft.blueprint.Retry;
import io.flowcraft.flow.Flow;
import io.flowcraft.flow.FlowBuilder;
import io.flowcraft.flow.NodeSpec;
import io.flowcraft.node.NodeFunction;
import io.flowcraft.node.NodeResult;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * A workflow of nodes and edges that a seed decides. What comes of it does not depend on the order
 * in which its branches run.
 */
final class RandomGraph {

  private static final String[] ACTIONS = {"red", "green"};

  private final SplittableRandom random;
  private final long seed;

  RandomGraph(long seed) {
    this.seed = seed;
    this.random = new SplittableRandom(seed);
  }

  Flow flow() {
    FlowBuilder builder = Flow.named("random-" + seed);
    int nodes = 3 + random.nextInt(8);
    for (int target = 0; target < nodes; target++) {
      int edges = 0;
      int source = target == 0 ? 0 : random.nextInt(target);
      while (source < target && edges < 3) {
        addEdge(builder, "n" + source, "n" + target);
        edges++;
        source += 1 + random.nextInt(3);
      }
      addNode(builder, target, edges);
    }
    return builder.build();
  }

  private void addNode(FlowBuilder builder, int index, int edges) {
    String id = "n" + index;
    Consumer<NodeSpec> join = join(edges);
    String action = ACTIONS[random.nextInt(ACTIONS.length)];
    NodeFunction plain = c -> NodeResult.output(c.nodeId()).withAction(action);
    switch (random.nextInt(12)) {
      case 0 -> builder.sleep(id, Duration.ofSeconds(random.nextInt(300)), join);
      case 1 -> builder.node(id, Nodes.BROKEN, join);
      case 2 ->
          builder
              .node(id, Nodes.BROKEN, join.andThen(node -> node.fallback(id + "-spare")))
              .node(id + "-spare", plain);
      case 3 ->
          builder.node(
              id,
              c -> {
                if (c.attempt() == 1) {
                  throw new IllegalStateException("once");
                }
                return plain.run(c);
              },
              join.andThen(node -> node.retry(Retry.fixed(Duration.ofSeconds(5)))));
      case 4 -> builder.nodeAsync(id, Nodes.slow(Duration.ofSeconds(random.nextInt(300))), join);
      default -> builder.node(id, plain, join);
    }
  }

  private Consumer<NodeSpec> join(int edges) {
    Join join =
        switch (edges < 2 ? 3 : random.nextInt(8)) {
          case 0 -> Join.any();
          case 1 -> Join.atLeast(2);
          case 2 -> Join.every();
          default -> Join.all();
        };
    return node -> node.join(join);
  }

  private void addEdge(FlowBuilder builder, String source, String target) {
    String action = random.nextInt(4) == 0 ? ACTIONS[random.nextInt(ACTIONS.length)] : null;
    if (action == null) {
      builder.edge(source, target);
    } else {
      builder.edge(source, target, edge -> edge.on(action));
    }
  }
}
