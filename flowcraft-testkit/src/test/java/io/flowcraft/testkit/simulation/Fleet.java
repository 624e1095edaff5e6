package io.flowcraft.testkit.simulation;

import io.flowcraft.flow.Flow;
import io.flowcraft.memory.InMemoryContextStore;
import io.flowcraft.memory.InMemoryCoordinationStore;
import io.flowcraft.run.RunOptions;
import io.flowcraft.runtime.FlowRuntime;
import io.flowcraft.spi.ContextStore;
import io.flowcraft.spi.ContextStoreProvider;
import io.flowcraft.spi.CoordinationStore;
import io.flowcraft.spi.CoordinationStoreProvider;
import io.flowcraft.spi.JobQueue;
import io.flowcraft.spi.JobQueueProvider;
import io.flowcraft.spi.Outcome;
import io.flowcraft.spi.ProviderContext;
import io.flowcraft.spi.RunRecord;
import io.flowcraft.spi.Selection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Processes with the real engine that share backends. */
final class Fleet {

  static final String RUN = "run";

  private final World world;
  private final Broker broker;
  private final InMemoryContextStore store = new InMemoryContextStore();
  private final InMemoryCoordinationStore coordination;
  private final List<FlowRuntime> runtimes = new ArrayList<>();
  private @Nullable String end;

  Fleet(World world, double duplicates) {
    this.world = world;
    this.broker = new Broker(world, duplicates);
    this.coordination = new InMemoryCoordinationStore(new Host(world));
  }

  /** A process that knows these flows joins. */
  void join(List<Flow> flows) {
    Host host = new Host(world);
    var builder =
        FlowRuntime.builder()
            .time(host)
            .executor(host)
            .random(new SplittableRandom(world.random().nextLong()))
            .jobQueue(new Queue(broker.connection()))
            .contextStore(new Store(Network.to(ContextStore.class, store, world, this::observe)))
            .coordinationStore(
                new Coordination(
                    Network.to(CoordinationStore.class, coordination, world, () -> {})));
    for (Flow flow : flows) {
      builder.flow(flow);
    }
    runtimes.add(builder.build());
  }

  /** Starts the run on a host and lets a day pass. */
  void run(int host, Flow flow) {
    runtimes.get(host).start(flow, Map.of(), RunOptions.runId(RUN));
    world.run(World.BEGIN.plus(Duration.ofDays(1)));
  }

  /** What is decided when a run ends is everything: nothing may come behind. */
  private void observe() {
    if (end == null && record().map(run -> run.status().isFinal()).orElse(false)) {
      end = describe();
    }
  }

  private Optional<RunRecord> record() {
    return store.find(RUN).toCompletableFuture().join();
  }

  /** The run as it was when it ended; null if it did not. */
  @Nullable String end() {
    return end;
  }

  /** The run as it is: its status, and what became of each instance. */
  String describe() {
    Map<String, String> all = new TreeMap<>();
    store
        .read(RUN, Selection.ALL)
        .toCompletableFuture()
        .join()
        .outcomes()
        .forEach((key, outcome) -> all.put(key, describe(outcome)));
    return record().orElseThrow().status() + " " + all;
  }

  private static String describe(Outcome outcome) {
    return outcome.status() + (outcome.output() == null ? "" : " " + outcome.output().text());
  }

  Broker broker() {
    return broker;
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
