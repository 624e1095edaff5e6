package io.flowcraft.testkit.simulation;

import io.flowcraft.blueprint.Join;
import io.flowcraft.blueprint.Retry;
import io.flowcraft.flow.Flow;
import io.flowcraft.node.NodeFunction;
import io.flowcraft.node.NodeResult;
import io.flowcraft.run.Resume;
import java.time.Duration;
import java.util.List;

/** Workloads that together use everything that a workflow can have. */
public final class Workloads {

  private static final NodeFunction OWN_ID = c -> NodeResult.output(c.nodeId());
  private static final NodeFunction ECHO =
      c -> c.hasInput() ? NodeResult.output(c.input()) : NodeResult.none();
  private static final NodeFunction INPUTS = c -> NodeResult.output(c.inputs());

  private Workloads() {}

  /** All of them. */
  public static List<Workload> all() {
    return List.of(
        Workload.of(chain(10)),
        Workload.of(branches()),
        Workload.of(fan(8)),
        Workload.of(ends()),
        Workload.of(loop()),
        Workload.of(batch()),
        Workload.of(failures()),
        Workload.of(sleep()),
        Workload.named("wait").flow(waiting()).answer("ask", Resume.with("yes")).build());
  }

  private static Flow chain(int length) {
    var builder =
        Flow.named("chain")
            .node(
                "n0",
                c -> {
                  c.context().set("seen", "by n0");
                  return NodeResult.output(0);
                });
    for (int i = 1; i < length; i++) {
      builder.node("n" + i, ECHO).edge("n" + (i - 1), "n" + i);
    }
    return builder
        .node("last", c -> NodeResult.output(c.context().get("seen")))
        .edge("n" + (length - 1), "last")
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

  private static Flow ends() {
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
        .node("rows", c -> NodeResult.output(List.of(1, 2, 3, 4, 5)))
        .batch(
            "each",
            c -> NodeResult.output(c.input(Integer.class) * 2),
            batch -> batch.input("rows"))
        .edge("rows", "each")
        .build();
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

  private static Flow waiting() {
    return Flow.named("wait")
        .node("start", OWN_ID)
        .wait("ask")
        .node("beside", OWN_ID)
        .node("end", INPUTS)
        .edge("start", "ask")
        .edge("start", "beside")
        .edge("ask", "end")
        .edge("beside", "end")
        .build();
  }
}
