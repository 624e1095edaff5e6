package io.flowcraft.testkit.simulation;

import io.flowcraft.flow.Flow;
import io.flowcraft.node.NodeFunction;
import io.flowcraft.node.NodeResult;
import io.flowcraft.run.NodeStatus;
import io.flowcraft.run.RunOptions;
import io.flowcraft.run.RunOptions.FailurePolicy;
import io.flowcraft.run.RunStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Workflows that are stopped, or that are mended after their end. */
final class EndingWorkloads {

  private EndingWorkloads() {}

  static List<Workload> all() {
    List<Workload> all = new ArrayList<>(stopped());
    all.addAll(undone());
    return all;
  }

  private static List<Workload> stopped() {
    return List.of(
        Workload.named("cancel")
            .flow(fan("cancel"))
            .cancel()
            .expect(
                run -> run.status() == RunStatus.CANCELLED || run.status() == RunStatus.COMPLETED)
            .build(),
        Workload.named("deadline")
            .flow(fan("deadline"))
            .options(RunOptions.DEFAULT.withDeadline(Duration.ofMinutes(5)))
            .expect(run -> run.status() == RunStatus.FAILED)
            .build(),
        Workload.named("stop")
            .flow(stop())
            .options(RunOptions.DEFAULT.withFailurePolicy(FailurePolicy.STOP))
            .expect(run -> run.status() == RunStatus.FAILED)
            .build(),
        Workload.named("cancel-sub")
            .flow(child("cancel-sub"))
            .cancel()
            .expect(run -> run.status() == RunStatus.CANCELLED)
            .build(),
        Workload.named("deadline-sub")
            .flow(child("deadline-sub"))
            .options(RunOptions.DEFAULT.withDeadline(Duration.ofMinutes(5)))
            .expect(run -> run.status() == RunStatus.FAILED)
            .build());
  }

  private static List<Workload> undone() {
    return List.of(
        Workload.of(saga("saga", Nodes.BROKEN)),
        Workload.named("cancel-saga")
            .flow(saga("cancel-saga", Nodes.OWN_ID))
            .cancel()
            .expect(
                run -> run.status() == RunStatus.CANCELLED || run.status() == RunStatus.COMPLETED)
            .build(),
        Workload.named("retry")
            .flow(weak("retry"))
            .retry()
            .expect(
                run ->
                    run.status() == RunStatus.COMPLETED && run.node("end") == NodeStatus.COMPLETED)
            .build(),
        Workload.named("sub-retry")
            .flow(
                Flow.named("sub-retry")
                    .node("before", Nodes.OWN_ID)
                    .subflow("sub", weak("weak-child"))
                    .node("after", Nodes.ECHO)
                    .edge("before", "sub")
                    .edge("sub", "after")
                    .build())
            .retry()
            .expect(
                run ->
                    run.status() == RunStatus.COMPLETED
                        && run.node("after") == NodeStatus.COMPLETED)
            .build(),
        Workload.named("mend")
            .flow(broken())
            .complete("broken", NodeResult.output("by hand"))
            .build());
  }

  /** Branches that take their time. */
  private static Flow fan(String name) {
    return Flow.named(name)
        .node("start", Nodes.OWN_ID)
        .sleep("nap", Duration.ofMinutes(10))
        .nodeAsync("slow", Nodes.slow(Duration.ofSeconds(70)))
        .node("quick", Nodes.OWN_ID)
        .node("end", Nodes.OWN_ID)
        .edge("start", "nap")
        .edge("start", "slow")
        .edge("start", "quick")
        .edge("nap", "end")
        .edge("slow", "end")
        .edge("quick", "end")
        .build();
  }

  private static Flow stop() {
    return Flow.named("stop")
        .node("start", Nodes.OWN_ID)
        .node("broken", Nodes.BROKEN)
        .nodeAsync("slow", Nodes.slow(Duration.ofSeconds(70)))
        .node("after", Nodes.OWN_ID)
        .edge("start", "broken")
        .edge("start", "slow")
        .edge("slow", "after")
        .build();
  }

  /** A child that nobody answers. */
  private static Flow child(String name) {
    return Flow.named(name)
        .node("start", Nodes.OWN_ID)
        .subflow("child", Flow.named(name + "-child").wait("ask").build())
        .edge("start", "child")
        .build();
  }

  private static Flow saga(String name, NodeFunction last) {
    return Flow.named(name)
        .node("book", Nodes.OWN_ID, node -> node.compensate("unbook"))
        .node("pay", Nodes.OWN_ID, node -> node.compensate("repay"))
        .node("send", last)
        .node("unbook", Nodes.ECHO)
        .node("repay", Nodes.ECHO)
        .edge("book", "pay")
        .edge("pay", "send")
        .build();
  }

  private static Flow weak(String name) {
    return Flow.named(name)
        .node("start", Nodes.OWN_ID)
        .node(
            "weak",
            c -> {
              if (c.dependency(Outside.class).count("weak") == 1) {
                throw new IllegalStateException("the first time");
              }
              return Nodes.OWN_ID.run(c);
            })
        .node("beside", Nodes.OWN_ID)
        .node("end", Nodes.INPUTS)
        .edge("start", "weak")
        .edge("start", "beside")
        .edge("weak", "end")
        .edge("beside", "end")
        .build();
  }

  private static Flow broken() {
    return Flow.named("mend")
        .node("start", Nodes.OWN_ID)
        .node("broken", Nodes.BROKEN)
        .node("end", Nodes.INPUTS)
        .edge("start", "broken")
        .edge("broken", "end")
        .build();
  }
}
