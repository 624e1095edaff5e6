package io.flowcraft.testkit.simulation;

import io.flowcraft.blueprint.Retry;
import io.flowcraft.flow.Flow;
import io.flowcraft.run.NodeStatus;
import io.flowcraft.run.RunStatus;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Workflows whose nodes take long, fail, or return something else each time. */
final class ExecutionWorkloads {

  private static final int SPREAD = 4;

  private ExecutionWorkloads() {}

  static List<Workload> all() {
    return List.of(
        Workload.of(slow()),
        Workload.of(failures()),
        Workload.of(failing()),
        Workload.of(unasked()),
        Workload.named("varying").flow(varying()).expect(ExecutionWorkloads::isConsistent).build(),
        Workload.named("spread").flow(spread()).expect(ExecutionWorkloads::isOfOneSource).build());
  }

  /** Long enough to need leases, and to be paused in for longer than they hold. */
  private static Flow slow() {
    return Flow.named("slow")
        .node("start", Nodes.OWN_ID)
        .nodeAsync("long", Nodes.slow(Duration.ofSeconds(220)))
        .node("beside", Nodes.OWN_ID)
        .node("end", Nodes.INPUTS)
        .edge("start", "long")
        .edge("start", "beside")
        .edge("long", "end")
        .edge("beside", "end")
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
              return Nodes.OWN_ID.run(c);
            },
            node -> node.retry(Retry.fixed(Duration.ofSeconds(5)).maxAttempts(9)))
        .node("broken", Nodes.BROKEN, node -> node.fallback("spare"))
        .node("spare", Nodes.OWN_ID)
        .node("end", Nodes.INPUTS)
        .edge("flaky", "broken")
        .edge("broken", "end")
        .build();
  }

  private static Flow failing() {
    return Flow.named("failing")
        .node("start", Nodes.OWN_ID)
        .node("broken", Nodes.BROKEN)
        .node("behind", Nodes.OWN_ID)
        .nodeAsync("slow", Nodes.slow(Duration.ofSeconds(100)))
        .node("after", Nodes.OWN_ID)
        .node("both", Nodes.OWN_ID)
        .edge("start", "broken")
        .edge("broken", "behind")
        .edge("start", "slow")
        .edge("slow", "after")
        .edge("after", "both")
        .edge("behind", "both")
        .build();
  }

  /** Stand-ins that nobody needs, and nodes that wait for them. */
  private static Flow unasked() {
    return Flow.named("unasked")
        .node("start", Nodes.OWN_ID)
        .node("left", Nodes.OWN_ID, node -> node.fallback("left-spare"))
        .node("right", Nodes.OWN_ID, node -> node.fallback("right-spare"))
        .node("left-spare", Nodes.OWN_ID)
        .node("right-spare", Nodes.OWN_ID)
        .node("spared", Nodes.INPUTS)
        .node("either", Nodes.INPUTS)
        .node("after", Nodes.INPUTS)
        .edge("start", "left")
        .edge("start", "right")
        .edge("left-spare", "spared")
        .edge("right-spare", "spared")
        .edge("left-spare", "either")
        .edge("right", "either")
        .edge("either", "after")
        .edge("spared", "after")
        .build();
  }

  private static Flow varying() {
    return Flow.named("varying")
        .node("source", Nodes.EXECUTION)
        .node("left", Nodes.ECHO)
        .node("right", Nodes.EXECUTION)
        .node("end", Nodes.INPUTS)
        .edge("source", "left")
        .edge("source", "right")
        .edge("left", "end")
        .edge("right", "end")
        .build();
  }

  /** Whoever built on an output built on the one that is recorded. */
  private static boolean isConsistent(RunView run) {
    Object left = run.output("left");
    Object right = run.output("right");
    return run.status() == RunStatus.COMPLETED
        && run.node("end") == NodeStatus.COMPLETED
        && left != null
        && right != null
        && left.equals(run.output("source"))
        && Map.of("left", left, "right", right).equals(run.output("end"));
  }

  /** Many build on an output that is another one each time. */
  private static Flow spread() {
    var builder =
        Flow.named("spread")
            .nodeAsync("source", Nodes.slowExecution(Duration.ofSeconds(100)))
            .node("end", Nodes.INPUTS);
    for (int i = 0; i < SPREAD; i++) {
      builder.node("n" + i, Nodes.ECHO).edge("source", "n" + i).edge("n" + i, "end");
    }
    return builder.build();
  }

  /** Everybody built on the output that is recorded. */
  private static boolean isOfOneSource(RunView run) {
    Object source = run.output("source");
    for (int i = 0; i < SPREAD; i++) {
      if (source == null || !source.equals(run.output("n" + i))) {
        return false;
      }
    }
    return run.status() == RunStatus.COMPLETED && run.node("end") == NodeStatus.COMPLETED;
  }
}
