package io.flowcraft.runtime.internal.engine;

import io.flowcraft.event.FlowEvent;
import io.flowcraft.node.NodeFunction;
import io.flowcraft.node.NodeImplementation;
import io.flowcraft.node.NodeResult;
import io.flowcraft.run.RunError;
import io.flowcraft.runtime.internal.graph.Instance;
import io.flowcraft.spi.Payload;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Executes node instances, one after the other: from the input to what comes of it. Used by one
 * strand, and by one thread at a time.
 */
final class Execution {

  private final Engine engine;
  private final Services services;
  private final RunFrame frame;
  private final UserThread thread = new UserThread();
  private ExecutionContext context;
  private @Nullable CompletableFuture<NodeResult> pending;
  private @Nullable NodeResult result;
  private boolean resumed;

  @SuppressWarnings("NullAway.Init") // the context is there once an instance has begun
  Execution(Engine engine, RunFrame frame) {
    this.engine = engine;
    this.services = engine.services();
    this.frame = frame;
  }

  /** What the instance is executed in. */
  ExecutionContext context() {
    return context;
  }

  /** Interrupts the user code that runs, if it does. */
  void interrupt() {
    thread.interrupt();
  }

  /** Goes on with an instance that was parked. */
  void resume(ExecutionContext of, CompletableFuture<NodeResult> comesTo) {
    context = of;
    pending = comesTo;
    resumed = true;
  }

  /** Begins to execute an instance; whether it has come to its end. */
  boolean begin(Due due) {
    Instance instance = due.instance();
    RunError failure = engine.failureBehind(frame, instance);
    NodeImplementation implementation = engine.implementation(instance.node());
    pending = null;
    result = null;
    resumed = false;
    try {
      context = new ExecutionContext(services, frame, due, input(due), failure);
      started(instance, context.inputPayload());
      engine.requireRunnable(instance, implementation);
    } catch (BackendFailure e) {
      throw e;
    } catch (RuntimeException e) {
      if (context == null || !context.instance().equals(instance)) {
        context = new ExecutionContext(services, frame, due, null, failure);
      }
      pending = CompletableFuture.failedFuture(e);
      return true;
    }
    if (implementation instanceof NodeFunction function
        && engine.executor().isDirect(instance.node())) {
      pending = call(function);
    } else {
      pending = engine.executor().execute(context, Objects.requireNonNull(implementation));
    }
    return pending == null || pending.isDone();
  }

  private @Nullable Payload input(Due due) {
    Instance instance = due.instance();
    if (Inputs.areDelivered(instance.node(), due.inputs())) {
      return due.inputs().get(due.inputs().size() - 1).value();
    }
    Function<String, @Nullable Payload> read = new ContextReader(services, frame)::get;
    Barrier batch = frame.barrier(instance);
    return Inputs.resolve(
        instance.node(),
        due.inputs(),
        batch == null ? read : batch.items().before(read),
        services.values());
  }

  /** Does something once the instance has come to its end. */
  void whenDone(Runnable then) {
    Stages.whenDone(Objects.requireNonNull(pending), (value, error) -> then.run());
  }

  /** Calls a plain function here and now; null if it has returned a result. */
  private @Nullable CompletableFuture<NodeResult> call(NodeFunction function) {
    thread.enter();
    try {
      frame.signal().throwIfCancelled();
      NodeResult returned = function.run(context);
      result = returned == null ? NodeResult.none() : Attempts.data(context, returned);
      return null;
    } catch (Throwable e) {
      return engine.executor().afterFailure(context, function, e);
    } finally {
      thread.leave();
    }
  }

  private void started(Instance instance, @Nullable Payload input) {
    if (services.events().isHeard()) {
      services
          .events()
          .emit(
              new FlowEvent.NodeStarted(
                  frame.origin(services.time()),
                  instance.node().id(),
                  instance.path().text(),
                  input != null,
                  input == null ? null : input.value()));
    }
  }

  /** The failure of a backend that has kept the instance from its end; null for none. */
  @Nullable Throwable backendFailure() {
    CompletableFuture<NodeResult> done = pending;
    if (result != null || done == null || !done.isCompletedExceptionally()) {
      return null;
    }
    Throwable error = Failures.unwrap(done.handle((value, e) -> e).join());
    return error != null && BackendFailure.isBehind(error) ? error : null;
  }

  /** Whether the instance was parked before, so that it can't simply begin again. */
  boolean isResumed() {
    return resumed;
  }

  /** Whether the instance has asked to be parked. */
  boolean isParked() {
    CompletableFuture<NodeResult> done = pending;
    return context.parking() != null && (done == null || !done.isCompletedExceptionally());
  }

  /** What has come of the instance; null if the run was told to end, so that nothing has. */
  @Nullable Resolution resolve(long startedAt) {
    NodeResult given = result;
    if (given != null) {
      Resolution resolution = returned(given, startedAt);
      result = null;
      return resolution;
    }
    CompletableFuture<NodeResult> done = Objects.requireNonNull(pending);
    if (!done.isCompletedExceptionally()) {
      return returned(done.join(), startedAt);
    }
    if (engine.lifecycle().refuses(frame)) {
      return null;
    }
    Throwable error = Failures.unwrap(done.handle((value, e) -> e).join());
    return failed(error == null ? new IllegalStateException("no error") : error, startedAt);
  }

  private Resolution returned(NodeResult returned, long startedAt) {
    if (services.events().isHeard()) {
      context.emit(
          new FlowEvent.NodeFinished(
              frame.origin(services.time()), context.nodeId(), context.iteration(), returned));
    }
    try {
      return engine.resolver().success(context, returned, startedAt);
    } catch (BackendFailure e) {
      throw e;
    } catch (RuntimeException | Error e) {
      return failed(e, startedAt);
    }
  }

  private Resolution failed(Throwable error, long startedAt) {
    RunError described = Failures.describe(context.nodeId(), error);
    Resolution resolution = engine.resolver().failure(context, described, startedAt);
    engine.reportFailure(context, resolution, described);
    return resolution;
  }
}
