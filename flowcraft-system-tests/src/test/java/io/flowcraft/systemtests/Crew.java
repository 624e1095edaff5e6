package io.flowcraft.systemtests;

import io.flowcraft.expression.ExpressionEvaluator;
import io.flowcraft.flow.Flow;
import io.flowcraft.memory.InMemoryJobQueue;
import io.flowcraft.runtime.FlowRuntime;
import io.flowcraft.runtime.RuntimeBuilder;
import io.flowcraft.runtime.Upkeep;
import io.flowcraft.spi.JobQueue;
import io.flowcraft.spi.JobQueueProvider;
import io.flowcraft.spi.ProviderContext;
import io.flowcraft.spi.WebhookRegistrar;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/**
 * Processes that share their runs: runtimes with clients of their own. Outside memory there are
 * two, of which the second one asks the queue before each step.
 */
final class Crew implements AutoCloseable {

  /** Timers are looked at often, so that no test waits for them. */
  private static final Upkeep UPKEEP =
      new Upkeep(
          Duration.ofMillis(200),
          Duration.ofSeconds(5),
          Duration.ofSeconds(15),
          Duration.ofSeconds(15),
          Duration.ofMinutes(5));

  private final List<FlowRuntime> runtimes = new ArrayList<>();
  private final Marks marks = new Marks();
  private final ExecutorService threads = Executors.newCachedThreadPool();

  /**
   * Starts the processes.
   *
   * @param more what else to configure
   */
  Crew(Stack stack, String space, Consumer<RuntimeBuilder> more) {
    Map<String, String> properties = stack.properties(space);
    JobQueueProvider shared = stack == Stack.MEMORY_QUEUE ? sharedQueue() : null;
    int processes = stack == Stack.IN_MEMORY ? 1 : 2;
    for (int i = 0; i < processes; i++) {
      RuntimeBuilder builder =
          FlowRuntime.builder()
              .properties(properties)
              .upkeep(UPKEEP)
              .evaluator(new ExpressionEvaluator())
              .dependency(Marks.class, marks)
              .dependency(Integer.class, i)
              .webhooks(Crew::endpoint)
              .recordHistory(true)
              .register("own-id", Nodes.OWN_ID);
      if (shared != null) {
        builder.jobQueue(shared);
      }
      if (i == 1) {
        builder.maxLocalSteps(0);
      }
      more.accept(builder);
      runtimes.add(builder.build());
    }
  }

  private static CompletableFuture<WebhookRegistrar.Endpoint> endpoint(String run, String node) {
    return CompletableFuture.completedFuture(
        new WebhookRegistrar.Endpoint("https://hooks.test/" + node, "webhook:" + node));
  }

  private JobQueueProvider sharedQueue() {
    JobQueue queue = new InMemoryJobQueue(threads);
    return new JobQueueProvider() {
      @Override
      public String name() {
        return "shared";
      }

      @Override
      public JobQueue create(ProviderContext context) {
        return queue;
      }
    };
  }

  /** Makes a flow known to all. */
  void learn(Flow flow) {
    runtimes.forEach(runtime -> runtime.register(flow));
  }

  /** The process that starts runs. */
  FlowRuntime first() {
    return runtimes.get(0);
  }

  /** Another one, where there is one. */
  FlowRuntime last() {
    return runtimes.get(runtimes.size() - 1);
  }

  /** What nodes and tests tell each other. */
  Marks marks() {
    return marks;
  }

  @Override
  public void close() {
    runtimes.forEach(FlowRuntime::close);
    threads.shutdown();
  }
}
