package io.flowcraft.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowcraft.blueprint.Join;
import io.flowcraft.blueprint.Retry;
import io.flowcraft.flow.EdgeSpec;
import io.flowcraft.flow.Flow;
import io.flowcraft.flow.FlowBuilder;
import io.flowcraft.flow.NodeSpec;
import io.flowcraft.node.NodeContext;
import io.flowcraft.node.NodeResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** A flow of random nodes and edges, the same for the same seed, that counts who is executed. */
final class RandomFlow {

  private static final List<String> ACTIONS = List.of("a", "b", "");

  private final long seed;
  private final Map<String, Integer> executions = new TreeMap<>();

  /** A vertex: where edges into it lead, and where those out of it leave. */
  private record Vertex(String entry, String exit, boolean acts) {}

  RandomFlow(long seed) {
    this.seed = seed;
  }

  /** Whether a node runs once per iteration. */
  static boolean isInLoop(String nodeId) {
    return nodeId.startsWith("body") || nodeId.startsWith("loop");
  }

  Set<String> executed() {
    synchronized (executions) {
      return new TreeSet<>(executions.keySet());
    }
  }

  /** Only an attempt after a failure may be another execution of an instance. */
  void requireOneExecutionEach() {
    synchronized (executions) {
      assertThat(executions)
          .allSatisfy((key, count) -> assertThat(count).as("executions of %s", key).isOne());
    }
  }

  private void note(NodeContext context) {
    String key = context.idempotencyKey();
    String attempt = context.attempt() == 1 ? "" : " attempt " + context.attempt();
    synchronized (executions) {
      executions.merge(key.substring(key.indexOf('/') + 1) + attempt, 1, Integer::sum);
    }
  }

  Flow build() {
    Random random = new Random(seed);
    int size = 2 + random.nextInt(9);
    List<List<Integer>> sources = new ArrayList<>();
    for (int target = 0; target < size; target++) {
      List<Integer> into = new ArrayList<>();
      for (int source = 0; source < target; source++) {
        if (random.nextInt(size) < 3) {
          into.add(source);
        }
      }
      sources.add(into);
    }
    FlowBuilder flow = Flow.named("random");
    List<Vertex> vertices = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      vertices.add(add(flow, i, sources.get(i).size(), random));
    }
    for (int target = 0; target < size; target++) {
      for (int source : sources.get(target)) {
        Vertex from = vertices.get(source);
        flow.edge(from.exit(), vertices.get(target).entry(), edge -> vary(edge, from, random));
      }
    }
    return flow.build();
  }

  private static void vary(EdgeSpec edge, Vertex from, Random random) {
    int kind = random.nextInt(6);
    if (from.acts() && kind < 2) {
      edge.on(ACTIONS.get(kind));
    } else if (from.acts() && kind == 2) {
      edge.when("result.output.flag");
    }
  }

  private Vertex add(FlowBuilder flow, int index, int incoming, Random random) {
    String id = "v" + index;
    int kind = incoming == 0 ? random.nextInt(4) : random.nextInt(11);
    switch (kind) {
      case 5 -> flow.sleep(id, Duration.ofSeconds(1 + random.nextInt(3)));
      case 6 -> {
        int length = random.nextInt(4);
        flow.node(
            "list" + index,
            c -> NodeResult.output(new ArrayList<>(List.of(1, 2, 3, 4).subList(0, length))));
        flow.batch(id, c -> worked(c, false, "", 0), spec -> {});
        flow.edge("list" + index, id);
        return new Vertex("list" + index, id, false);
      }
      case 7 -> {
        int last = random.nextInt(3);
        flow.node("body" + index, c -> iterated(c, index, last));
        flow.loop("loop" + index, "more" + index, l -> l.start("body" + index).end("body" + index));
        return new Vertex("body" + index, "loop" + index, false);
      }
      default -> {
        work(flow, id, kind, incoming, random);
        return new Vertex(id, id, true);
      }
    }
    return new Vertex(id, id, false);
  }

  private void work(FlowBuilder flow, String id, int kind, int incoming, Random random) {
    boolean flag = random.nextBoolean();
    String action = ACTIONS.get(random.nextInt(ACTIONS.size()));
    Join join = incoming == 0 ? Join.all() : join(incoming, random);
    // Nodes that fail once and are attempted again, that fail, and that another one stands in for.
    int failures = kind == 8 ? 1 : kind >= 9 ? 9 : 0;
    boolean mended = kind == 10;
    flow.node(
        id,
        c -> worked(c, flag, action, failures),
        node -> configure(node, join, failures == 1, mended ? "spare-" + id : null));
    if (mended) {
      flow.node("spare-" + id, c -> worked(c, flag, action, 0));
    }
  }

  private static void configure(NodeSpec node, Join join, boolean retried, String fallback) {
    node.join(join);
    if (retried) {
      node.retry(Retry.fixed(Duration.ofSeconds(1)));
    }
    if (fallback != null) {
      node.fallback(fallback);
    }
  }

  private static Join join(int incoming, Random random) {
    return switch (random.nextInt(6)) {
      case 0 -> Join.any();
      case 1 -> Join.every();
      case 2 -> Join.atLeast(1 + random.nextInt(Math.max(1, incoming)));
      default -> Join.all();
    };
  }

  private NodeResult worked(NodeContext context, boolean flag, String action, int failures) {
    note(context);
    if (context.attempt() <= failures) {
      throw new IllegalStateException("fails");
    }
    return NodeResult.output(Map.of("flag", flag)).withAction(action);
  }

  private NodeResult iterated(NodeContext context, int index, int last) {
    note(context);
    context.context().set("more" + index, !context.iteration().endsWith("#" + last));
    return NodeResult.none();
  }
}
