package io.flowcraft.runtime.internal.engine;

import io.flowcraft.runtime.internal.kernel.Router;
import io.flowcraft.spi.ContextStore;
import io.flowcraft.spi.CoordinationStore;
import io.flowcraft.spi.Evaluator;
import io.flowcraft.spi.JobQueue;
import io.flowcraft.spi.Middleware;
import io.flowcraft.spi.TimeSource;
import io.flowcraft.spi.WebhookRegistrar;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What the engine works with: the same for all runs, fixed when the runtime is built.
 *
 * @param store the truth
 * @param coordination the decisions
 * @param queue the hints
 * @param time the clock and the timers
 * @param executor runs user code
 * @param aside goes on with what threads of the executor wait for
 * @param random jitter and ids
 * @param values data and payloads
 * @param registry the implementations
 * @param dependencies what nodes can ask for, by type
 * @param middleware in order, the first one outermost
 * @param evaluator of expressions
 * @param router of edges
 * @param webhooks opens endpoints; null if there is none
 * @param events the listeners
 * @param settings the numbers
 */
record Services(
    ContextStore store,
    CoordinationStore coordination,
    JobQueue queue,
    TimeSource time,
    Executor executor,
    Executor aside,
    RandomGenerator random,
    Values values,
    Implementations registry,
    Map<Class<?>, Object> dependencies,
    List<Middleware> middleware,
    Evaluator evaluator,
    Router router,
    @Nullable WebhookRegistrar webhooks,
    EventBus events,
    EngineSettings settings) {}
