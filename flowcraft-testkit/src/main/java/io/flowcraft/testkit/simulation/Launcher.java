package io.flowcraft.testkit.simulation;

import io.flowcraft.runtime.FlowRuntime;
import io.flowcraft.runtime.RuntimeBuilder;
import io.flowcraft.runtime.Upkeep;
import io.flowcraft.spi.ContextStore;
import io.flowcraft.spi.ContextStoreProvider;
import io.flowcraft.spi.CoordinationStore;
import io.flowcraft.spi.CoordinationStoreProvider;
import io.flowcraft.spi.JobQueue;
import io.flowcraft.spi.JobQueueProvider;
import io.flowcraft.spi.ProviderContext;
import io.flowcraft.spi.TimeSource;
import java.time.Duration;
import java.util.SplittableRandom;

/** Starts the real engine in a process, with settings that differ from process to process. */
final class Launcher {

  static final Duration TICK = Duration.ofSeconds(25);

  /** Long times, as each tick costs a simulation time, too. */
  private static final Upkeep UPKEEP =
      new Upkeep(
          TICK,
          Duration.ofSeconds(60),
          Duration.ofSeconds(150),
          Duration.ofSeconds(150),
          Duration.ofMinutes(20));

  private static final int[] CAPACITIES = {Integer.MAX_VALUE, Integer.MAX_VALUE, 2};
  private static final int[] LOCAL_STEPS = {1_000, 1_000, 0, 1};
  private static final int SEEDS = 65_536;
  private static final int HISTORIES = 3;

  private final Workload workload;
  private final Backends backends;
  private final Choices choices;
  private final Outside outside = new Outside();
  private final boolean recordsHistory;
  private int launched;

  Launcher(Workload workload, Backends backends, Choices choices) {
    this.workload = workload;
    this.backends = backends;
    this.choices = choices;
    this.recordsHistory = choices.among(HISTORIES) == 1;
  }

  /** What all processes share. */
  record Backends(Broker broker, ContextStore store, CoordinationStore coordination) {}

  /** Whether some processes have a newer definition of the workflow. */
  boolean hasNewer() {
    return workload.hasNewerFlow();
  }

  /** Whether the engine stores the events of runs. */
  boolean recordsHistory() {
    return recordsHistory;
  }

  /**
   * Starts an engine.
   *
   * @param newer whether it has the newer definition of the workflow, if there is one
   */
  FlowRuntime launch(Host host, Connection connection, boolean newer) {
    launched++;
    RuntimeBuilder builder =
        FlowRuntime.builder()
            .time(host)
            .executor(host)
            .random(new SplittableRandom((long) launched * SEEDS + choices.among(SEEDS)))
            .upkeep(UPKEEP)
            .drain(Duration.ZERO)
            .recordHistory(recordsHistory)
            .maxInFlight(CAPACITIES[choices.among(CAPACITIES.length)])
            .maxLocalSteps(LOCAL_STEPS[choices.among(LOCAL_STEPS.length)])
            .jobQueue(new Queue(new QueueConnection(connection, backends.broker)))
            .contextStore(new Store(new StoreConnection(connection, backends.store)))
            .coordinationStore(
                new Coordination(new CoordinationConnection(connection, backends.coordination)))
            .dependency(TimeSource.class, host)
            .dependency(Outside.class, outside);
    workload.setup().accept(builder);
    return builder.flow(workload.flow(newer)).build();
  }

  private record Queue(JobQueue queue) implements JobQueueProvider {
    @Override
    public String name() {
      return "simulated";
    }

    @Override
    public JobQueue create(ProviderContext context) {
      return queue;
    }
  }

  private record Store(ContextStore store) implements ContextStoreProvider {
    @Override
    public String name() {
      return "simulated";
    }

    @Override
    public ContextStore create(ProviderContext context) {
      return store;
    }
  }

  private record Coordination(CoordinationStore store) implements CoordinationStoreProvider {
    @Override
    public String name() {
      return "simulated";
    }

    @Override
    public CoordinationStore create(ProviderContext context) {
      return store;
    }
  }
}
