package io.flowcraft.runtime.internal.engine;

import io.flowcraft.event.FlowListener;
import io.flowcraft.json.Limits;
import io.flowcraft.runtime.internal.kernel.Router;
import io.flowcraft.spi.ContextStore;
import io.flowcraft.spi.CoordinationStore;
import io.flowcraft.spi.Evaluator;
import io.flowcraft.spi.JobQueue;
import io.flowcraft.spi.Middleware;
import io.flowcraft.spi.Serializer;
import io.flowcraft.spi.TimeSource;
import io.flowcraft.spi.WebhookRegistrar;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What an engine is made of.
 *
 * @param store holds the truth
 * @param coordination takes the decisions
 * @param queue carries the hints
 * @param time is the clock
 * @param executor runs user code
 * @param aside goes on with what threads of the executor wait for; never waits for the executor
 * @param random makes ids and jitter
 * @param serializer encodes payloads
 * @param evaluator evaluates expressions
 * @param implementations of nodes
 * @param dependencies what nodes can ask for
 * @param middleware around nodes
 * @param listeners of events
 * @param webhooks opens endpoints; null for none
 * @param limits bound values
 * @param settings are the numbers
 */
public record EngineParts(
    ContextStore store,
    CoordinationStore coordination,
    JobQueue queue,
    TimeSource time,
    Executor executor,
    Executor aside,
    RandomGenerator random,
    Serializer serializer,
    Evaluator evaluator,
    Implementations implementations,
    Map<Class<?>, Object> dependencies,
    List<Middleware> middleware,
    List<FlowListener> listeners,
    @Nullable WebhookRegistrar webhooks,
    Limits limits,
    EngineSettings settings) {

  /** Puts the parts together. */
  public FlowEngine assemble() {
    Values values = new Values(serializer, limits);
    Services services =
        new Services(
            store,
            coordination,
            queue,
            time,
            executor,
            aside,
            random,
            values,
            implementations,
            Map.copyOf(dependencies),
            List.copyOf(middleware),
            evaluator,
            new Router(evaluator),
            webhooks,
            new EventBus(listeners),
            settings);
    return new FlowEngine(services, new Definitions(values));
  }
}
