package io.flowcraft.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowcraft.flow.Flow;
import io.flowcraft.memory.InMemoryContextStore;
import io.flowcraft.memory.InMemoryCoordinationStore;
import io.flowcraft.memory.InMemoryJobQueue;
import io.flowcraft.node.NodeResult;
import io.flowcraft.run.RunHandle;
import io.flowcraft.run.RunOptions;
import io.flowcraft.run.RunResult;
import io.flowcraft.run.RunStatus;
import io.flowcraft.spi.ContextStore;
import io.flowcraft.spi.ContextStoreProvider;
import io.flowcraft.spi.CoordinationStore;
import io.flowcraft.spi.CoordinationStoreProvider;
import io.flowcraft.spi.JobQueue;
import io.flowcraft.spi.JobQueueProvider;
import io.flowcraft.spi.ProviderContext;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Whoever waits for a run that another process works on learns of its end without asking. */
class NoticeTest {

  private final TestTime time = new TestTime();
  private final TestExecutor executor = new TestExecutor();
  private final JobQueue jobs = new InMemoryJobQueue(executor);
  private final ContextStore store = new InMemoryContextStore();
  private final CoordinationStore coordination = new InMemoryCoordinationStore(time);

  private record Queue(JobQueue queue) implements JobQueueProvider {
    @Override
    public String name() {
      return "shared";
    }

    @Override
    public JobQueue create(ProviderContext context) {
      return queue;
    }
  }

  private record Store(ContextStore store) implements ContextStoreProvider {
    @Override
    public String name() {
      return "shared";
    }

    @Override
    public ContextStore create(ProviderContext context) {
      return store;
    }
  }

  private record Coordination(CoordinationStore store) implements CoordinationStoreProvider {
    @Override
    public String name() {
      return "shared";
    }

    @Override
    public CoordinationStore create(ProviderContext context) {
      return store;
    }
  }

  private FlowRuntime process() {
    return FlowRuntime.builder()
        .time(time)
        .executor(executor)
        .jobQueue(new Queue(jobs))
        .contextStore(new Store(store))
        .coordinationStore(new Coordination(coordination))
        .build();
  }

  @Test
  void theEndOfARunIsToldToOtherProcesses() {
    CompletableFuture<NodeResult> answer = new CompletableFuture<>();
    Flow flow = Flow.named("slow").nodeAsync("ask", node -> answer).build();
    try (FlowRuntime worker = process();
        FlowRuntime client = process()) {
      worker.start(flow, Map.of(), RunOptions.runId("r"));
      executor.drain();
      RunHandle handle = client.handle("r");
      CompletableFuture<RunResult> settled = handle.settled().toCompletableFuture();
      executor.drain();
      assertThat(settled).isNotDone();

      answer.complete(NodeResult.output("done"));
      executor.drain();

      assertThat(settled).isDone();
      assertThat(settled.join().status()).isEqualTo(RunStatus.COMPLETED);
    }
  }
}
