package io.flowcraft.testkit.golden;

import io.flowcraft.runtime.FlowRuntime;
import io.flowcraft.runtime.RuntimeBuilder;
import io.flowcraft.runtime.Upkeep;
import io.flowcraft.spi.ContextStore;
import io.flowcraft.spi.ContextStoreProvider;
import io.flowcraft.spi.CoordinationStore;
import io.flowcraft.spi.CoordinationStoreProvider;
import io.flowcraft.spi.Delivery;
import io.flowcraft.spi.Job;
import io.flowcraft.spi.JobQueue;
import io.flowcraft.spi.JobQueueProvider;
import io.flowcraft.spi.ProviderContext;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The place of a process in a fleet: connections to the backends that properties choose, which
 * outlast the runtimes that use them one after the other.
 */
final class FleetSlot implements AutoCloseable {

  private static final int MAX_IN_FLIGHT = 256;

  /** Does nothing but keep the connections. */
  private static final Upkeep IDLE =
      new Upkeep(
          Duration.ofHours(1),
          Duration.ofHours(1),
          Duration.ofHours(4),
          Duration.ofHours(4),
          Duration.ofHours(4));

  private static final Upkeep BUSY =
      new Upkeep(
          Duration.ofMillis(100),
          Duration.ofSeconds(5),
          Duration.ofSeconds(15),
          Duration.ofSeconds(15),
          Duration.ofMinutes(5));

  private final Map<String, String> properties;
  private final AtomicReference<@Nullable Consumer<Delivery>> worker = new AtomicReference<>();
  private final FlowRuntime keeper;
  private @Nullable JobQueue queue;
  private @Nullable ContextStore store;
  private @Nullable CoordinationStore coordination;

  FleetSlot(Map<String, String> properties) {
    this.properties = properties;
    this.keeper = backends(FlowRuntime.builder()).upkeep(IDLE).build();
    // Nothing is left for the keeper: what comes between two runtimes is a hint that came late.
    worker.set(null);
  }

  /** A runtime on the connections. */
  FlowRuntime open(RuntimeBuilder builder) {
    return backends(builder).upkeep(BUSY).drain(Duration.ZERO).build();
  }

  private RuntimeBuilder backends(RuntimeBuilder builder) {
    return builder
        .properties(properties)
        .jobQueue(new Queue())
        .contextStore(new Store())
        .coordinationStore(new Coordination());
  }

  private void take(Delivery delivery) {
    Consumer<Delivery> now = worker.get();
    if (now == null) {
      delivery.acknowledge();
    } else {
      now.accept(delivery);
    }
  }

  @Override
  public void close() {
    if (queue != null) {
      queue.close();
    }
    if (coordination != null) {
      coordination.close();
    }
    if (store != null) {
      store.close();
    }
    keeper.close();
  }

  private <P> P provider(Class<P> type, String property, Function<P, String> name) {
    String wanted = properties.get(property);
    return ServiceLoader.load(type).stream()
        .map(ServiceLoader.Provider::get)
        .filter(provider -> name.apply(provider).equals(wanted))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "No " + type.getSimpleName() + " is called " + property + "=" + wanted + "."));
  }

  /** The same without its end. */
  private static <T> T kept(Class<T> type, T connection) {
    return type.cast(
        Proxy.newProxyInstance(
            FleetSlot.class.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              if (method.getName().equals("close")) {
                return null;
              }
              try {
                return method.invoke(connection, arguments);
              } catch (InvocationTargetException e) {
                throw Objects.requireNonNull(e.getCause());
              }
            }));
  }

  private final class Queue implements JobQueueProvider {

    @Override
    public String name() {
      return "kept";
    }

    @Override
    public JobQueue create(ProviderContext context) {
      JobQueue connection = queue;
      if (connection == null) {
        connection =
            provider(JobQueueProvider.class, "flowcraft.queue", JobQueueProvider::name)
                .create(context);
        connection.consume(FleetSlot.this::take, MAX_IN_FLIGHT);
        queue = connection;
      }
      return new KeptQueue(connection);
    }
  }

  /** Hands deliveries to whoever consumed last. */
  private final class KeptQueue implements JobQueue {

    private final JobQueue connection;

    KeptQueue(JobQueue connection) {
      this.connection = connection;
    }

    @Override
    public CompletionStage<Void> enqueue(List<Job> jobs) {
      return connection.enqueue(jobs);
    }

    @Override
    public Subscription consume(Consumer<Delivery> handler, int maxInFlight) {
      worker.set(handler);
      return () -> worker.compareAndSet(handler, null);
    }

    @Override
    public void close() {
      // Outlasts the runtime.
    }
  }

  private final class Store implements ContextStoreProvider {

    @Override
    public String name() {
      return "kept";
    }

    @Override
    public ContextStore create(ProviderContext context) {
      ContextStore connection = store;
      if (connection == null) {
        connection =
            provider(ContextStoreProvider.class, "flowcraft.state", ContextStoreProvider::name)
                .create(context);
        store = connection;
      }
      return kept(ContextStore.class, connection);
    }
  }

  private final class Coordination implements CoordinationStoreProvider {

    @Override
    public String name() {
      return "kept";
    }

    @Override
    public CoordinationStore create(ProviderContext context) {
      CoordinationStore connection = coordination;
      if (connection == null) {
        connection =
            provider(
                    CoordinationStoreProvider.class,
                    "flowcraft.coordination",
                    CoordinationStoreProvider::name)
                .create(context);
        coordination = connection;
      }
      return kept(CoordinationStore.class, connection);
    }
  }
}
