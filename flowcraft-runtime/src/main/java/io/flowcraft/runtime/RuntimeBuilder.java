package io.flowcraft.runtime;

import io.flowcraft.blueprint.Blueprint;
import io.flowcraft.event.FlowListener;
import io.flowcraft.expression.PropertyEvaluator;
import io.flowcraft.flow.Flow;
import io.flowcraft.history.HistoryRecorder;
import io.flowcraft.json.JsonSerializer;
import io.flowcraft.node.AsyncNodeFunction;
import io.flowcraft.node.Node;
import io.flowcraft.node.NodeFunction;
import io.flowcraft.node.NodeRegistry;
import io.flowcraft.runtime.HealthCheck.Probe;
import io.flowcraft.runtime.internal.engine.CompiledBlueprint;
import io.flowcraft.runtime.internal.engine.EngineParts;
import io.flowcraft.runtime.internal.engine.EngineSettings;
import io.flowcraft.runtime.internal.engine.FlowEngine;
import io.flowcraft.runtime.internal.engine.Implementations;
import io.flowcraft.runtime.internal.memory.MemoryContextStoreProvider;
import io.flowcraft.runtime.internal.memory.MemoryCoordinationStoreProvider;
import io.flowcraft.runtime.internal.memory.MemoryJobQueueProvider;
import io.flowcraft.runtime.internal.time.SystemClock;
import io.flowcraft.spi.ContextStore;
import io.flowcraft.spi.ContextStoreProvider;
import io.flowcraft.spi.CoordinationStore;
import io.flowcraft.spi.CoordinationStoreProvider;
import io.flowcraft.spi.Evaluator;
import io.flowcraft.spi.JobQueue;
import io.flowcraft.spi.JobQueueProvider;
import io.flowcraft.spi.Middleware;
import io.flowcraft.spi.ProviderContext;
import io.flowcraft.spi.Serializer;
import io.flowcraft.spi.TimeSource;
import io.flowcraft.spi.WebhookRegistrar;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Configures a {@link FlowRuntime}. Used by one thread; each call changes this builder. */
public final class RuntimeBuilder {

  private static final int LOCAL_STEPS = 1_000;

  /** No run has this id. */
  private static final String NOBODY = "/";

  private final Map<String, Supplier<CompiledBlueprint>> blueprints = new LinkedHashMap<>();
  private final Map<Class<?>, Object> dependencies = new LinkedHashMap<>();
  private final List<FlowListener> listeners = new ArrayList<>();
  private final List<Middleware> middleware = new ArrayList<>();
  private final Map<String, String> properties = new LinkedHashMap<>();
  private NodeRegistry registry = NodeRegistry.empty();
  private Evaluator evaluator = new PropertyEvaluator();
  private Serializer serializer = new JsonSerializer();
  private RuntimeLimits limits = RuntimeLimits.DEFAULT;
  private Validation validation = Validation.STRICT;
  private int maxLocalSteps = LOCAL_STEPS;
  private int maxInFlight = Integer.MAX_VALUE;
  private Upkeep upkeep = Upkeep.DEFAULT;
  private boolean recordHistory;
  private boolean alone;
  private Duration drain = Duration.ofSeconds(10);
  private @Nullable WebhookRegistrar webhooks;
  private @Nullable JobQueueProvider jobQueue;
  private @Nullable ContextStoreProvider contextStore;
  private @Nullable CoordinationStoreProvider coordinationStore;
  private @Nullable TimeSource time;
  private @Nullable Executor executor;
  private @Nullable RandomGenerator random;

  RuntimeBuilder() {}

  /** Makes a flow known: its blueprint, its implementations, and the flows that it contains. */
  public RuntimeBuilder flow(Flow flow) {
    blueprint(flow.blueprint());
    registry = registry.with(flow.registry());
    flow.children().forEach(this::flow);
    return this;
  }

  /** Makes a flow known that has been compiled before; see {@link #flow(Flow)}. */
  public RuntimeBuilder flow(CompiledFlow flow) {
    flow.blueprints().forEach((id, compiled) -> blueprints.put(id, () -> compiled));
    registry = registry.with(flow.registry());
    return this;
  }

  /** Makes a blueprint known; its implementations are registered apart. */
  public RuntimeBuilder blueprint(Blueprint blueprint) {
    return blueprint(blueprint.id(), blueprint);
  }

  /** Makes a blueprint known under an id of the caller's choice. */
  public RuntimeBuilder blueprint(String id, Blueprint blueprint) {
    blueprints.put(id, () -> CompiledBlueprint.of(blueprint));
    return this;
  }

  /** Adds implementations; a key that is known gets the new one. */
  public RuntimeBuilder registry(NodeRegistry added) {
    registry = registry.with(added);
    return this;
  }

  /** Adds a function under a key. */
  public RuntimeBuilder register(String uses, NodeFunction function) {
    registry = registry.register(uses, function);
    return this;
  }

  /** Adds a life-cycle node under a key. */
  public RuntimeBuilder register(String uses, Node<?> node) {
    registry = registry.register(uses, node);
    return this;
  }

  /** Adds an asynchronous function under a key. */
  public RuntimeBuilder registerAsync(String uses, AsyncNodeFunction function) {
    registry = registry.registerAsync(uses, function);
    return this;
  }

  /** Hands something to nodes, which ask for it by type. */
  public <T> RuntimeBuilder dependency(Class<T> type, T instance) {
    dependencies.put(type, type.cast(instance));
    return this;
  }

  /** Adds a listener of events. */
  public RuntimeBuilder listener(FlowListener listener) {
    listeners.add(listener);
    return this;
  }

  /**
   * Whether the events of runs are stored with them, to be read by {@link FlowRuntime#history}; by
   * default they are not.
   */
  public RuntimeBuilder recordHistory(boolean on) {
    recordHistory = on;
    return this;
  }

  /** Adds a middleware inside those added before. */
  public RuntimeBuilder middleware(Middleware added) {
    middleware.add(added);
    return this;
  }

  /** Evaluates expressions; by default paths only ({@link PropertyEvaluator}). */
  public RuntimeBuilder evaluator(Evaluator other) {
    evaluator = other;
    return this;
  }

  /** Encodes payloads; by default as JSON. */
  public RuntimeBuilder serializer(Serializer other) {
    serializer = other;
    return this;
  }

  /** Opens endpoints for webhook nodes. */
  public RuntimeBuilder webhooks(WebhookRegistrar registrar) {
    webhooks = registrar;
    return this;
  }

  /** Bounds what runs may use. */
  public RuntimeBuilder limits(RuntimeLimits other) {
    limits = other;
    return this;
  }

  /** How strictly blueprints are checked; strictly by default. */
  public RuntimeBuilder validation(Validation other) {
    validation = other;
    return this;
  }

  /** How many nodes may run in a row before the queue is asked; 0 to always ask it. */
  public RuntimeBuilder maxLocalSteps(int steps) {
    maxLocalSteps = steps;
    return this;
  }

  /** How many jobs a worker has open at a time; as many as come by default. */
  public RuntimeBuilder maxInFlight(int jobs) {
    maxInFlight = jobs;
    return this;
  }

  /**
   * How a fleet looks after its runs. A process that is alone with the embedded backends has no
   * need to and does not.
   */
  public RuntimeBuilder upkeep(Upkeep other) {
    upkeep = other;
    return this;
  }

  /** How long closing the runtime waits for the nodes that run; 10 seconds by default. */
  public RuntimeBuilder drain(Duration patience) {
    drain = patience;
    return this;
  }

  /**
   * Nobody else works on the runs of this runtime, and nothing outlives it, although backends are
   * handed in: it does not look after runs of others, and a run that is told to stop waits for
   * nobody else.
   */
  public RuntimeBuilder alone() {
    alone = true;
    return this;
  }

  /** Takes this job queue, whatever the class path has. */
  public RuntimeBuilder jobQueue(JobQueueProvider provider) {
    jobQueue = provider;
    return this;
  }

  /** Takes this context store, whatever the class path has. */
  public RuntimeBuilder contextStore(ContextStoreProvider provider) {
    contextStore = provider;
    return this;
  }

  /** Takes this coordination store, whatever the class path has. */
  public RuntimeBuilder coordinationStore(CoordinationStoreProvider provider) {
    coordinationStore = provider;
    return this;
  }

  /** Adds configuration: {@code flowcraft.queue}, {@code flowcraft.state} and so on. */
  public RuntimeBuilder properties(Map<String, String> added) {
    properties.putAll(added);
    return this;
  }

  /** Takes the time from elsewhere; for tests. */
  public RuntimeBuilder time(TimeSource source) {
    time = source;
    return this;
  }

  /**
   * Runs user code elsewhere; by default on virtual threads where the JVM has them, otherwise on a
   * pool of {@code flowcraft.worker.threads}. The caller closes what the caller hands in.
   */
  public RuntimeBuilder executor(Executor other) {
    executor = other;
    return this;
  }

  /**
   * Takes random numbers, for ids and jitter, from elsewhere; for tests. It must be thread-safe.
   */
  public RuntimeBuilder random(RandomGenerator generator) {
    random = generator;
    return this;
  }

  /**
   * Builds the runtime. Everything that can be known to be wrong is told at once, before anything
   * is opened; whatever was opened before a later failure is closed.
   *
   * @throws io.flowcraft.error.FlowcraftException if the configuration is not acceptable or a
   *     backend can't be reached
   */
  public FlowRuntime build() {
    Backends backends = backends();
    Closing closing = new Closing();
    try {
      return assemble(backends, closing);
    } catch (RuntimeException | Error e) {
      closing.close();
      throw e;
    }
  }

  /** The providers that count. */
  private record Backends(
      JobQueueProvider queue, ContextStoreProvider state, CoordinationStoreProvider coordination) {}

  private Backends backends() {
    Configuration configuration = new Configuration();
    ContextStoreProvider state = configuration.check(this::contextStoreProvider);
    CoordinationStoreProvider coordination = configuration.check(this::coordinationStoreProvider);
    JobQueueProvider queue = configuration.check(this::jobQueueProvider);
    if (executor == null) {
      configuration.check(() -> WorkerThreads.size(properties.get(WorkerThreads.PROPERTY)));
    }
    configuration.require(
        maxLocalSteps >= 0,
        "RuntimeBuilder.maxLocalSteps is " + maxLocalSteps + "; expected: 0 or more.");
    configuration.require(
        maxInFlight >= 1,
        "RuntimeBuilder.maxInFlight is " + maxInFlight + "; expected: 1 or more.");
    configuration.throwIfAny();
    return new Backends(
        Objects.requireNonNull(queue),
        Objects.requireNonNull(state),
        Objects.requireNonNull(coordination));
  }

  private FlowRuntime assemble(Backends backends, Closing closing) {
    TimeSource clock = time == null ? closing.add(new SystemClock()) : time;
    Executor threads = executor == null ? threads(closing) : executor;
    ProviderContext context = new ProviderContext(properties, serializer, clock, threads);
    RandomGenerator numbers = random == null ? LockedRandom.secure() : random;
    ContextStore store = closing.add(backends.state().create(context));
    // Closed after whatever may still tell of events, and before what they are stored in.
    HistoryRecorder recorder =
        recordHistory ? closing.add(new HistoryRecorder(store, context, numbers)) : null;
    CoordinationStore coordination = closing.add(backends.coordination().create(context));
    JobQueue queue = closing.add(backends.queue().create(context));
    Implementations implementations = new Implementations();
    implementations.add(registry);
    FlowEngine engine =
        new EngineParts(
                store,
                coordination,
                queue,
                clock,
                threads,
                aside(threads, closing),
                numbers,
                serializer,
                evaluator,
                implementations,
                dependencies,
                middleware,
                listeners(recorder),
                webhooks,
                limits.values(),
                settings(isAlone(backends)))
            .assemble();
    blueprints.forEach((id, blueprint) -> engine.register(id, blueprint.get()));
    HealthCheck health =
        new HealthCheck(
            List.of(
                new Probe("state", backends.state().name(), () -> store.find(NOBODY)),
                new Probe(
                    "coordination", backends.coordination().name(), () -> coordination.get(NOBODY)),
                new Probe("queue", backends.queue().name(), queue::check)));
    FlowRuntime runtime =
        new FlowRuntime(engine, implementations, recorder, closing, drain, health);
    runtime.startWorker();
    return runtime;
  }

  private List<FlowListener> listeners(@Nullable HistoryRecorder recorder) {
    List<FlowListener> all = new ArrayList<>(listeners);
    if (recorder != null) {
      all.add(recorder);
    }
    return all;
  }

  /** Only backends in memory of its own: nothing outlives the process, nobody shares its runs. */
  private boolean isAlone(Backends backends) {
    boolean embedded =
        backends.queue() instanceof MemoryJobQueueProvider
            && backends.state() instanceof MemoryContextStoreProvider
            && backends.coordination() instanceof MemoryCoordinationStoreProvider;
    return alone || embedded;
  }

  private EngineSettings settings(boolean alone) {
    return new EngineSettings(
        maxLocalSteps,
        limits.maxIterations(),
        limits.maxFanOut(),
        limits.maxDepth(),
        maxInFlight,
        alone ? null : upkeep.pace(),
        validation == Validation.COMPATIBLE);
  }

  /** Whoever owns the time owns all threads: tests, and they have no bounds. */
  private Executor aside(Executor threads, Closing closing) {
    return time == null ? closing.add(WorkerThreads.aside()).executor() : threads;
  }

  private Executor threads(Closing closing) {
    return closing.add(WorkerThreads.start(properties.get(WorkerThreads.PROPERTY))).executor();
  }

  private JobQueueProvider jobQueueProvider() {
    return jobQueue != null
        ? jobQueue
        : new Discovery<>(
                "JobQueue",
                "flowcraft.queue",
                Map.of("kafka", "io.flowcraft:flowcraft-queue-kafka"),
                JobQueueProvider::name)
            .choose(
                Discovery.onClassPath(JobQueueProvider.class), properties.get("flowcraft.queue"));
  }

  private ContextStoreProvider contextStoreProvider() {
    return contextStore != null
        ? contextStore
        : new Discovery<>(
                "ContextStore",
                "flowcraft.state",
                Map.of("cassandra", "io.flowcraft:flowcraft-state-cassandra"),
                ContextStoreProvider::name)
            .choose(
                Discovery.onClassPath(ContextStoreProvider.class),
                properties.get("flowcraft.state"));
  }

  private CoordinationStoreProvider coordinationStoreProvider() {
    return coordinationStore != null
        ? coordinationStore
        : new Discovery<>(
                "CoordinationStore",
                "flowcraft.coordination",
                Map.of("redis", "io.flowcraft:flowcraft-coord-redis"),
                CoordinationStoreProvider::name)
            .choose(
                Discovery.onClassPath(CoordinationStoreProvider.class),
                properties.get("flowcraft.coordination"));
  }
}
