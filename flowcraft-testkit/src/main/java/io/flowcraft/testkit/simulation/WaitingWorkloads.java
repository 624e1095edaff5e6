package io.flowcraft.testkit.simulation;

import io.flowcraft.blueprint.Retry;
import io.flowcraft.flow.Flow;
import io.flowcraft.flow.FlowBuilder;
import io.flowcraft.node.NodeResult;
import io.flowcraft.run.NodeStatus;
import io.flowcraft.run.Resume;
import io.flowcraft.run.RunStatus;
import java.time.Duration;
import java.util.List;

/** Workflows that are at rest for a while: they sleep, wait for an answer, or for another run. */
final class WaitingWorkloads {

  private static final Duration NAP = Duration.ofMinutes(10);

  private static final int ANSWERS = 2;
  private static final int ATTEMPTS = 3;

  private WaitingWorkloads() {}

  static List<Workload> all() {
    return List.of(
        Workload.of(besides(Flow.named("sleep").sleep("pause", NAP)).build()),
        Workload.named("wait")
            .flow(besides(Flow.named("wait").wait("pause")).build())
            .answer("pause", Resume.with("yes"))
            .build(),
        Workload.of(timeout()),
        Workload.of(besides(Flow.named("sub-workflow").subflow("pause", child())).build()),
        Workload.named("sub-wait")
            .flow(besides(Flow.named("sub-wait").subflow("pause", waitingChild())).build())
            .answer("pause", Resume.with("yes"))
            .build(),
        Workload.of(subFailing()),
        Workload.named("waiting-batch")
            .flow(waitingBatch())
            .action(
                "resume all",
                run -> run.status() == RunStatus.AWAITING,
                (runtime, runId) -> {
                  for (String worker : runtime.handle(runId).snapshot().awaiting()) {
                    runtime.resume(runId, worker, Resume.with("yes"));
                  }
                })
            .build(),
        Workload.of(attempts()),
        Workload.named("by-hand")
            .flow(besides(Flow.named("by-hand").wait("pause")).build())
            .action(
                "complete pause",
                run -> run.node("pause") == NodeStatus.AWAITING,
                (runtime, runId) ->
                    runtime.completeNode(runId, "pause", NodeResult.output("by hand")))
            .build(),
        answers());
  }

  /** Answers of people who rely on what they are told of them. */
  private static Workload answers() {
    var flow = Flow.named("answers").node("start", Nodes.OWN_ID).node("end", Nodes.INPUTS);
    var workload = Workload.named("answers");
    for (int i = 0; i < ANSWERS; i++) {
      String ask = "ask" + i;
      flow.wait(ask).edge("start", ask).edge(ask, "end");
      workload.answerPatiently(ask, Resume.with(i));
    }
    return workload.flow(flow.build()).build();
  }

  /** A flow in which something else is done while a node pauses. */
  private static FlowBuilder besides(FlowBuilder flow) {
    return flow.node("start", Nodes.OWN_ID)
        .node("beside", Nodes.OWN_ID)
        .node("end", Nodes.INPUTS)
        .edge("start", "pause")
        .edge("start", "beside")
        .edge("pause", "end")
        .edge("beside", "end");
  }

  private static Flow timeout() {
    return Flow.named("timeout")
        .node("start", Nodes.OWN_ID)
        .wait("ask", node -> node.timeout(NAP))
        .node("answered", Nodes.OWN_ID)
        .node("late", Nodes.OWN_ID)
        .edge("start", "ask")
        .edge("ask", "answered", edge -> edge.on("answer"))
        .edge("ask", "late", edge -> edge.on("timeout"))
        .build();
  }

  /** All of its workers wait at a time, although there is one lane. */
  private static Flow waitingBatch() {
    return Flow.named("waiting-batch")
        .node("rows", c -> NodeResult.output(List.of(1, 2, 3)))
        .batch("each", "wait", batch -> batch.input("rows").chunkSize(1))
        .node("end", Nodes.INPUTS)
        .edge("rows", "each")
        .edge("each", "end")
        .build();
  }

  private static Flow subFailing() {
    Flow child = Flow.named("failing-child").node("broken", Nodes.BROKEN).build();
    return Flow.named("sub-failing")
        .node("start", Nodes.OWN_ID)
        .subflow("sub", child, sub -> sub.node(node -> node.fallback("spare")))
        .node("spare", Nodes.OWN_ID)
        .node("end", Nodes.INPUTS)
        .edge("start", "sub")
        .edge("sub", "end")
        .build();
  }

  /** A child that is run again and again. */
  private static Flow attempts() {
    Flow child = Flow.named("attempted").node("broken", Nodes.BROKEN).build();
    return Flow.named("attempts")
        .subflow(
            "sub",
            child,
            sub -> sub.node(node -> node.retry(Retry.fixed(Duration.ZERO).maxAttempts(ATTEMPTS))))
        .node("beside", Nodes.OWN_ID)
        .build();
  }

  private static Flow child() {
    return Flow.named("child")
        .node("in", Nodes.ECHO)
        .node("out", Nodes.OWN_ID)
        .edge("in", "out")
        .build();
  }

  private static Flow waitingChild() {
    return Flow.named("waiting-child")
        .node("in", Nodes.ECHO)
        .wait("ask")
        .node("out", Nodes.ECHO)
        .edge("in", "ask")
        .edge("ask", "out")
        .build();
  }
}
