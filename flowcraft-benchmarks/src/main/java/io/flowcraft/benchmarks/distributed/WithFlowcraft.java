package io.flowcraft.benchmarks.distributed;

import io.flowcraft.flow.Flow;
import io.flowcraft.flow.FlowBuilder;
import io.flowcraft.node.NodeFunction;
import io.flowcraft.node.NodeResult;
import io.flowcraft.run.RunStatus;
import io.flowcraft.runtime.FlowRuntime;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;

/** The engine, started as an application starts it: by properties. */
final class WithFlowcraft implements Contender {

  private static final NodeFunction ONE = context -> NodeResult.output(1);
  private static final NodeFunction SAME = context -> NodeResult.output(context.input());
  private static final String ITEMS = "items";

  private final FlowRuntime runtime;

  WithFlowcraft(Servers servers, String queueMode) {
    this.runtime = FlowRuntime.builder().properties(servers.properties(queueMode)).build();
  }

  @Override
  public Runner prepare(Load load) {
    FlowBuilder builder = Flow.named(load.workload());
    switch (load.shape()) {
      case CHAIN -> chain(builder, load.size());
      case FAN -> fan(builder, load.size());
      case BATCH -> builder.batch("each", SAME, batch -> batch.input(ITEMS));
    }
    Map<String, Object> input =
        load.shape() == Load.Shape.BATCH
            ? Map.of(ITEMS, IntStream.range(0, load.size()).boxed().toList())
            : Map.of();
    return new FlowRunner(runtime, load, builder.build(), input);
  }

  private static void chain(FlowBuilder builder, int size) {
    for (int i = 0; i < size; i++) {
      builder.node("step" + i, ONE);
      if (i > 0) {
        builder.edge("step" + (i - 1), "step" + i);
      }
    }
  }

  private static void fan(FlowBuilder builder, int size) {
    builder.node("source", ONE).node("join", ONE);
    for (int i = 0; i < size; i++) {
      builder.node("branch" + i, ONE).edge("source", "branch" + i).edge("branch" + i, "join");
    }
  }

  @Override
  public void close() {
    runtime.close();
  }

  private record FlowRunner(FlowRuntime runtime, Load load, Flow flow, Map<String, Object> input)
      implements Runner {

    @Override
    public int inFlight() {
      return load.inFlight();
    }

    @Override
    public int steps() {
      return load.steps();
    }

    @Override
    public CompletionStage<?> start() {
      return runtime
          .start(flow, input)
          .settled()
          .thenAccept(
              result -> {
                if (result.status() != RunStatus.COMPLETED) {
                  throw new IllegalStateException(
                      load + " is " + result.status() + ": " + result.errors());
                }
              });
    }
  }
}
