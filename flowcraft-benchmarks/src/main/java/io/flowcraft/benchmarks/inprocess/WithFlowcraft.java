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
import org.jspecify.annotations.Nullable;

/** The graphs as flows, on the embedded backends. */
final class WithFlowcraft implements Contestant {

  private static final NodeFunction NO_OP = context -> NodeResult.none();
  private static final NodeFunction SAME = context -> NodeResult.output(context.input());
  private static final String ITEMS = "items";

  private final FlowRuntime runtime;

  WithFlowcraft(int threads) {
    this.runtime =
        FlowRuntime.builder()
            .properties(
                Map.of(
                    "flowcraft.queue", "memory",
                    "flowcraft.state", "memory",
                    "flowcraft.coordination", "memory",
                    "flowcraft.worker.threads", Integer.toString(threads)))
            .build();
  }

  @Override
  public Graph graph(Workload workload, int capacity) {
    Map<String, Object> input =
        workload.shape() == Workload.Shape.BATCH ? Map.of(ITEMS, workload.items()) : Map.of();
    return new FlowGraph(runtime, flow(workload), input, capacity);
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
  public void close() {
    runtime.close();
  }

  /** A flow, and the ids of its runs, as the embedded store keeps runs until it has very many. */
  private static final class FlowGraph implements Graph {

    private final FlowRuntime runtime;
    private final Flow flow;
    private final Map<String, Object> input;
    private final @Nullable String[] runs;

    FlowGraph(FlowRuntime runtime, Flow flow, Map<String, Object> input, int capacity) {
      this.runtime = runtime;
      this.flow = flow;
      this.input = input;
      this.runs = new String[capacity];
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
      for (int i = 0; i < runs.length; i++) {
        String run = runs[i];
        if (run != null) {
          runtime.delete(run);
        }
        runs[i] = null;
      }
    }
  }
}
