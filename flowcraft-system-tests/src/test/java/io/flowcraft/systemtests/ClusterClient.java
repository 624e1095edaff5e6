package io.flowcraft.systemtests;

import io.flowcraft.error.ErrorCode;
import io.flowcraft.error.FlowcraftException;
import io.flowcraft.run.RunOptions;
import io.flowcraft.runtime.FlowRuntime;
import io.flowcraft.runtime.Upkeep;
import io.flowcraft.spi.ContextStore;
import io.flowcraft.spi.ContextStoreProvider;
import io.flowcraft.spi.Delivery;
import io.flowcraft.spi.Job;
import io.flowcraft.spi.JobQueue;
import io.flowcraft.spi.JobQueueProvider;
import io.flowcraft.spi.ProviderContext;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Starts runs and reads what is stored of them; takes no jobs and looks after nothing. */
final class ClusterClient implements AutoCloseable {

  private static final int ATTEMPTS = 20;

  private static final Upkeep NONE =
      new Upkeep(
          Duration.ofHours(1),
          Duration.ofHours(1),
          Duration.ofHours(4),
          Duration.ofHours(4),
          Duration.ofHours(4));

  private final FlowRuntime runtime;
  private @Nullable ContextStore store;

  ClusterClient(Map<String, String> properties) {
    this.runtime =
        FlowRuntime.builder()
            .properties(properties)
            .upkeep(NONE)
            .flow(ClusterFlow.flow())
            .jobQueue(new SendingOnly(properties.get("flowcraft.queue")))
            .contextStore(new Shown(properties.get("flowcraft.state")))
            .build();
  }

  /** Starts a run; whoever does not learn what came of it starts it once more. */
  void start(String runId) {
    for (int attempt = 1; ; attempt++) {
      try {
        runtime.start(ClusterFlow.NAME, Map.of(), RunOptions.runId(runId));
        return;
      } catch (FlowcraftException e) {
        if (e.code() != ErrorCode.BACKEND || attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  ContextStore store() {
    ContextStore opened = store;
    if (opened == null) {
      throw new IllegalStateException("The store was not opened.");
    }
    return opened;
  }

  @Override
  public void close() {
    runtime.close();
  }

  private record SendingOnly(@Nullable String name) implements JobQueueProvider {

    @Override
    public JobQueue create(ProviderContext context) {
      JobQueue queue =
          ServiceLoader.load(JobQueueProvider.class).stream()
              .map(ServiceLoader.Provider::get)
              .filter(provider -> provider.name().equals(name))
              .findFirst()
              .orElseThrow()
              .create(context);
      return new JobQueue() {
        @Override
        public CompletionStage<Void> enqueue(List<Job> jobs) {
          return queue.enqueue(jobs);
        }

        @Override
        public Subscription consume(Consumer<Delivery> handler, int maxInFlight) {
          return () -> {};
        }

        @Override
        public void close() {
          queue.close();
        }
      };
    }
  }

  private final class Shown implements ContextStoreProvider {

    private final @Nullable String name;

    Shown(@Nullable String name) {
      this.name = name;
    }

    @Override
    public String name() {
      return "shown";
    }

    @Override
    public ContextStore create(ProviderContext context) {
      ContextStore opened =
          ServiceLoader.load(ContextStoreProvider.class).stream()
              .map(ServiceLoader.Provider::get)
              .filter(provider -> provider.name().equals(name))
              .findFirst()
              .orElseThrow()
              .create(context);
      store = opened;
      return opened;
    }
  }
}
