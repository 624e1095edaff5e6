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
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Processes with the real engine that share backends; they die, and others take their place. */
final class Fleet implements Disasters {

  private static final Upkeep UPKEEP =
      new Upkeep(
          Duration.ofSeconds(10),
          Duration.ofSeconds(50),
          Duration.ofSeconds(150),
          Duration.ofSeconds(150),
          Duration.ofMinutes(20));

  private static final int[] SKEWS = {0, 0, 0, 2, -2, 7, -7};
  private static final int[] CAPACITIES = {Integer.MAX_VALUE, Integer.MAX_VALUE, 2};

  private final World world;
  private final Consumer<RuntimeBuilder> setup;
  private final Backends backends;
  private final Faults faults;
  private final Trace trace;
  private final Outside outside = new Outside();
  private final List<Process> processes = new ArrayList<>();
  private @Nullable Arrivals arrivals;
  private int joined;
  private int paused;
  private final List<Connection> connections = new ArrayList<>();

  /**
   * A fleet without processes.
   *
   * @param setup what is to be told to each process when it is built
   */
  Fleet(
      World world,
      Consumer<RuntimeBuilder> setup,
      Backends backends,
      Faults faults,
      Trace trace) {
    this.world = world;
    this.setup = setup;
    this.backends = backends;
    this.faults = faults;
    this.trace = trace;
  }

  /** What all processes share. */
  record Backends(Broker broker, ObservedStore store, Coordination coordination) {}

  /** A process. */
  record Process(Host host, Connection connection, FlowRuntime runtime) {}

  /** A process joins. */
  void join() {
    joined++;
    Choices choices = world.choices();
    Host host =
        new Host(
            "p" + joined, world, Duration.ofSeconds(SKEWS[choices.among(SKEWS.length)]));
    Connection connection = new Connection(host, this, faults, trace);
    connections.add(connection);
    RuntimeBuilder builder =
        FlowRuntime.builder()
            .time(host)
            .executor(host)
            .random(new SplittableRandom(joined * 65_536L + choices.among(65_536)))
            .upkeep(UPKEEP)
            .maxInFlight(CAPACITIES[choices.among(CAPACITIES.length)])
            .jobQueue(new Queue(new QueueConnection(connection, backends.broker)))
            .contextStore(new Store(new StoreConnection(connection, backends.store)))
            .coordinationStore(
                new Coordinator(new CoordinationConnection(connection, backends.coordination)))
            .dependency(TimeSource.class, host)
            .dependency(Outside.class, outside);
    setup.accept(builder);
    processes.add(new Process(host, connection, builder.build()));
  }

  /** Some process that is there; null if there is none. */
  @Nullable Process any() {
    return processes.isEmpty()
        ? null
        : processes.get(world.choices().among(processes.size()));
  }

  /** The processes that are there. */
  List<Process> processes() {
    return List.copyOf(processes);
  }

  /** Sees what reaches the backends from now on. */
  void watch(Arrivals watcher) {
    arrivals = watcher;
  }

  @Override
  public <T> CompletionStage<T> arrive(
      Host from, Supplier<String> request, Supplier<CompletionStage<T>> effect) {
    return arrivals == null ? effect.get() : arrivals.arrive(from, request, effect);
  }

  /** Whether something is still to come from processes: paused ones, or calls on their way. */
  boolean isBusy() {
    if (paused > 0) {
      return true;
    }
    for (Connection connection : connections) {
      if (connection.late() > 0) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void kill(Host atWork) {
    int index = world.choices().among(processes.size());
    Process victim = processes.get(index);
    if (index == 0) {
      victim = processes.stream().filter(p -> p.host == atWork).findFirst().orElse(victim);
    }
    kill(victim);
  }

  /** Sees what reaches the backends; may have the sender die. */
  interface Arrivals {

    /** See {@link Disasters#arrive}. */
    <T> CompletionStage<T> arrive(
        Host from, Supplier<String> request, Supplier<CompletionStage<T>> effect);
  }

  private void kill(Process victim) {
    trace.note(world, victim.host.name(), () -> "is killed");
    if (victim.host.isPaused()) {
      paused--;
    }
    victim.host.kill();
    processes.remove(victim);
    backends.broker.unsubscribe(victim.connection);
    victim.connection.abandon();
    world.after(
        faults.delay(),
        () -> {
          join();
          trace.note(world, "p" + joined, () -> "joins");
        });
  }

  @Override
  public void strike(Fault fault, Host atWork) {
    switch (fault) {
      case PROCESS_PAUSED -> pause(atWork);
      case COORDINATION_LOST -> {
        trace.note(world, "coordination", () -> "loses everything");
        backends.coordination.loseEverything();
      }
      case RUN_FORGOTTEN -> {
        trace.note(world, "coordination", () -> "forgets a run");
        backends.coordination.loseRun(world.choices());
      }
      case COORDINATION_SET_BACK -> {
        trace.note(world, "coordination", () -> "goes back");
        backends.coordination.goBack(world.choices());
      }
      default -> throw new IllegalArgumentException(fault.name());
    }
  }

  private void pause(Host host) {
    Duration time = faults.delay();
    trace.note(world, host.name(), () -> "stands still for " + time.toSeconds() + " s");
    host.pause();
    paused++;
    world.after(
        time,
        () -> {
          if (host.isAlive()) {
            paused--;
            trace.note(world, host.name(), () -> "goes on");
            host.resume();
            backends.broker.handOutWaiting();
          }
        });
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

  private record Coordinator(CoordinationStore store) implements CoordinationStoreProvider {
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
