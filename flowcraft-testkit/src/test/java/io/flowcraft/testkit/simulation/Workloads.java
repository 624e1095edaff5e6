package io.flowcraft.testkit.simulation;

import io.flowcraft.blueprint.Join;
import io.flowcraft.blueprint.Retry;
import io.flowcraft.flow.Flow;
import io.flowcraft.node.NodeFunction;
import io.flowcraft.node.NodeResult;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Flows whose results do not depend on the order in which their branches run. */
final class Workloads {

  private static final NodeFunction OWN_ID = c -> NodeResult.output(c.nodeId());
  private static final NodeFunction ECHO =
      c -> c.hasInput() ? NodeResult.output(c.input()) : NodeResult.none();
  private static final NodeFunction INPUTS = c -> NodeResult.output(c.inputs());

  private Workloads() {}

  /**
   * A flow with the flows that it calls.
   *
   * @param flows the flow itself is the first
   */
  record Workload(String name, List<Flow> flows) {

    Workload(String name, Flow flow) {
      this(name, List.of(flow));
    }

    Flow flow() {
      return flows.get(0);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  /** All of them. */
  static Stream<Workload> all() {
    return Stream.concat(spread(), Stream.of(subflow()));
  }

  /** Those that several processes can share: a child run is awaited where it was started. */
  static Stream<Workload> spread() {
    return Stream.of(
        new Workload("chain", chain()),
        new Workload("branches", branches()),
        new Workload("fan", fan(8)),
        new Workload("two ends", twoEnds()),
        new Workload("loop", loop()),
        new Workload("batch", batch()),
        new Workload("failures", failures()),
        new Workload("sleep", sleep()));
  }

  private static Flow chain() {
    return Flow.named("chain")
        .node(
            "a",
            c -> {
              c.context().set("seen", "by a");
              return NodeResult.output(1);
            })
        .node("b", ECHO)
        .node("c", c -> NodeResult.output(c.context().get("seen")))
        .edge("a", "b")
        .edge("b", "c")
        .build();
  }

  private static Flow branches() {
    return Flow.named("branches")
        .node("start", c -> NodeResult.output("x").withAction("left"))
        .node("left", OWN_ID)
        .node("right", OWN_ID)
        .node("other", OWN_ID)
        .node("both", INPUTS)
        .node("end", INPUTS, node -> node.join(Join.any()))
        .edge("start", "left", edge -> edge.on("left"))
        .edge("start", "right", edge -> edge.on("right"))
        .edge("start", "other", edge -> edge.on("left"))
        .edge("left", "both")
        .edge("right", "both")
        .edge("other", "both")
        .edge("right", "end")
        .edge("both", "end")
        .build();
  }

  private static Flow fan(int width) {
    var builder = Flow.named("fan").node("source", OWN_ID).node("join", INPUTS);
    for (int i = 0; i < width; i++) {
      builder.node("n" + i, OWN_ID).edge("source", "n" + i).edge("n" + i, "join");
    }
    return builder.build();
  }

  private static Flow twoEnds() {
    return Flow.named("ends")
        .node("start", OWN_ID)
        .node("left", OWN_ID)
        .node("right", OWN_ID)
        .edge("start", "left")
        .edge("start", "right")
        .build();
  }

  private static Flow loop() {
    return Flow.named("loop")
        .node(
            "body",
            c -> {
              int next = c.context().get("n") instanceof Number n ? n.intValue() + 1 : 1;
              c.context().set("n", next);
              c.context().set("more", next < 3);
              return NodeResult.output(next);
            })
        .node("after", ECHO)
        .loop("again", "more", l -> l.start("body").end("body"))
        .edge("again", "after")
        .build();
  }

  private static Flow batch() {
    return Flow.named("batch")
        .node("rows", c -> NodeResult.output(List.of(1, 2, 3)))
        .batch(
            "each",
            c -> NodeResult.output(c.input(Integer.class) * 2),
            batch -> batch.input("rows"))
        .edge("rows", "each")
        .build();
  }

  private static Workload subflow() {
    Flow child = Flow.named("child").node("in", ECHO).node("out", OWN_ID).edge("in", "out").build();
    Flow parent =
        Flow.named("parent")
            .node("before", OWN_ID)
            .subflow("sub", child)
            .node("after", ECHO)
            .edge("before", "sub")
            .edge("sub", "after")
            .build();
    return new Workload("sub-workflow", List.of(parent, child));
  }

  private static Flow failures() {
    return Flow.named("failures")
        .node(
            "flaky",
            c -> {
              if (c.attempt() == 1) {
                throw new IllegalStateException("once");
              }
              return NodeResult.output(1);
            },
            node -> node.retry(Retry.fixed(Duration.ofSeconds(5)).maxAttempts(9)))
        .node(
            "broken",
            c -> {
              throw new IllegalStateException("broken");
            },
            node -> node.fallback("spare"))
        .node("spare", OWN_ID)
        .node("end", INPUTS)
        .edge("flaky", "broken")
        .edge("broken", "end")
        .build();
  }

  private static Flow sleep() {
    return Flow.named("sleep")
        .node("start", OWN_ID)
        .sleep("nap", Duration.ofMinutes(10))
        .node("beside", OWN_ID)
        .node("end", INPUTS)
        .edge("start", "nap")
        .edge("start", "beside")
        .edge("nap", "end")
        .edge("beside", "end")
        .build();
  }
}
