package io.flowcraft.chaos;

import io.flowcraft.error.ErrorCode;
import io.flowcraft.error.FlowcraftException;
import io.flowcraft.run.Resume;
import io.flowcraft.run.RunOptions;
import io.flowcraft.runtime.FlowRuntime;
import io.flowcraft.runtime.RuntimeBuilder;
import io.flowcraft.runtime.Upkeep;
import io.flowcraft.spi.ContextStore;
import io.flowcraft.spi.ContextStoreProvider;
import io.flowcraft.spi.Delivery;
import io.flowcraft.spi.Job;
import io.flowcraft.spi.JobQueue;
import io.flowcraft.spi.JobQueueProvider;
import io.flowcraft.spi.ProviderContext;
import io.flowcraft.spi.RunRecord;
import io.flowcraft.spi.RunSlice;
import io.flowcraft.spi.Selection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Starts runs and reads what is stored of them; takes no jobs and looks after nothing. */
final class Client implements AutoCloseable {

  private static final Duration BETWEEN = Duration.ofMillis(200);

  private static final Upkeep NONE =
      new Upkeep(
          Duration.ofHours(1),
          Duration.ofHours(1),
          Duration.ofHours(4),
          Duration.ofHours(4),
          Duration.ofHours(4));

  private final FlowRuntime runtime;
  private @Nullable ContextStore store;

  Client(Map<String, String> properties) {
    RuntimeBuilder builder =
        FlowRuntime.builder()
            .properties(properties)
            .upkeep(NONE)
            .jobQueue(new SendingOnly(properties.get("flowcraft.queue")))
            .contextStore(new Shown(properties.get("flowcraft.state")));
    for (Scenario scenario : Scenario.values()) {
      builder.flow(scenario.flow());
    }
    this.runtime = builder.build();
  }

  /**
   * Starts a run; whoever does not learn what came of it starts it once more.
   *
   * @param patience how long a backend may be away
   */
  void start(Scenario scenario, String runId, Map<String, ?> input, Duration patience) {
    insist(
        () -> {
          runtime.start(scenario.flowName(), input, RunOptions.runId(runId));
          return true;
        },
        patience);
  }

  /** Answers a run that waits; one that does not wait any more has been answered. */
  void answer(String runId, Object answer, Duration patience) {
    insist(
        () -> {
          try {
            runtime.resume(runId, Scenario.ASKING, Resume.with(answer));
            return true;
          } catch (FlowcraftException e) {
            if (e.code() == ErrorCode.RUN_STATE) {
              return true;
            }
            throw e;
          }
        },
        patience);
  }

  Optional<RunRecord> find(String runId, Duration patience) {
    return insist(() -> store().find(runId).toCompletableFuture().join(), patience);
  }

  RunSlice read(String runId, Duration patience) {
    return insist(() -> store().read(runId, Selection.ALL).toCompletableFuture().join(), patience);
  }

  /** What people are told about a run. */
  String explain(String runId) {
    return runtime.explain(runId).toString();
  }

  /** Asks until a backend answers. */
  static <T> T insist(Supplier<T> call, Duration patience) {
    long end = System.nanoTime() + patience.toNanos();
    while (true) {
      try {
        return call.get();
      } catch (FlowcraftException e) {
        if (e.code() != ErrorCode.BACKEND || System.nanoTime() > end) {
          throw e;
        }
      } catch (CompletionException e) {
        if (!(e.getCause() instanceof FlowcraftException cause)
            || cause.code() != ErrorCode.BACKEND
            || System.nanoTime() > end) {
          throw e;
        }
      }
      LockSupport.parkNanos(BETWEEN.toNanos());
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

  private static <P> P provider(Class<P> kind, Predicate<P> test) {
    return ServiceLoader.load(kind).stream()
        .map(ServiceLoader.Provider::get)
        .filter(test)
        .findFirst()
        .orElseThrow();
  }

  private record SendingOnly(@Nullable String name) implements JobQueueProvider {

    @Override
    public JobQueue create(ProviderContext context) {
      JobQueue queue =
          provider(JobQueueProvider.class, each -> each.name().equals(name)).create(context);
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
          provider(ContextStoreProvider.class, each -> each.name().equals(name)).create(context);
      store = opened;
      return opened;
    }
  }
}
