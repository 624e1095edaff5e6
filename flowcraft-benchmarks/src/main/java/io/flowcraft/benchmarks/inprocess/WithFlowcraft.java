package io.flowcraft.benchmarks.inprocess;

import io.flowcraft.flow.Flow;
import io.flowcraft.flow.FlowBuilder;
import io.flowcraft.node.NodeFunction;
import io.flowcraft.node.NodeResult;
import io.flowcraft.run.RunHandle;
import io.flowcraft.run.RunResult;
import io.flowcraft.run.RunStatus;
import io.flowcraft.runtime.FlowRuntime;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** The graphs as flows, on the embedded backends. */
final class WithFlowcraft implements Contestant {

  private static final NodeFunction NO_OP = context -> NodeResult.none();
  private static final NodeFunction SAME = context -> NodeResult.output(context.input());
  private static final String ITEMS = "items";

  private final FlowRuntime runtime;
  private final Flow flow;
  private final Map<String, Object> input;
  private final String[] runs;

  /**
   * A runtime for one workload.
   *
   * @param threads how many threads execute nodes
   * @param capacity how many runs there are at most before they are let go of
   */
  WithFlowcraft(Workload workload, int threads, int capacity) {
    this.flow = flow(workload);
    this.input =
        workload.shape() == Workload.Shape.BATCH ? Map.of(ITEMS, Items.of(workload)) : Map.of();
    this.runs = new String[capacity];
    this.runtime =
        FlowRuntime.builder()
            .properties(
                Map.of(
                    "flowcraft.queue", "memory",
                    "flowcraft.state", "memory",
                    "flowcraft.coordination", "memory",
                    "flowcraft.worker.threads", Integer.toString(threads)))
            .flow(flow)
            .build();
  }

  private static Flow flow(Workload workload) {
    FlowBuilder builder = Flow.named(workload.name());
    switch (workload.shape()) {
      case CHAIN -> chain(builder, workload.size());
      case FAN -> fan(builder, workload.size());
      case BATCH -> builder.batch("each", SAME, batch -> batch.input(ITEMS));
    }
    return builder.build();
  }

  private static void chain(FlowBuilder builder, int size) {
    for (int i = 0; i < size; i++) {
      builder.node("step" + i, NO_OP);
      if (i > 0) {
        builder.edge("step" + (i - 1), "step" + i);
      }
    }
  }

  private static void fan(FlowBuilder builder, int size) {
    builder.node("source", NO_OP).node("join", NO_OP);
    for (int i = 0; i < size; i++) {
      String branch = "branch" + i;
      builder.node(branch, NO_OP).edge("source", branch).edge(branch, "join");
    }
  }

  @Override
  public void run(int number) {
    check(number, runtime.run(flow, input));
  }

  @Override
  public CompletableFuture<?> start(int number) {
    RunHandle handle = runtime.start(flow, input);
    return handle.settled().thenAccept(result -> check(number, result)).toCompletableFuture();
  }

  private void check(int number, RunResult result) {
    if (result.status() != RunStatus.COMPLETED) {
      throw new IllegalStateException(flow.id() + " is " + result.status() + result.errors());
    }
    runs[number] = result.runId();
  }

  @Override
  public void tidy() {
    for (int i = 0; i < runs.length && runs[i] != null; i++) {
      runtime.delete(runs[i]);
      runs[i] = null;
    }
  }

  @Override
  public void close() {
    runtime.close();
  }
}
