package io.flowcraft.runtime.internal.engine;

import io.flowcraft.blueprint.BuiltIns;
import io.flowcraft.blueprint.Retry;
import io.flowcraft.error.ErrorCode;
import io.flowcraft.error.FlowcraftException;
import io.flowcraft.event.FlowEvent;
import io.flowcraft.node.AsyncNodeFunction;
import io.flowcraft.node.Node;
import io.flowcraft.node.NodeFunction;
import io.flowcraft.node.NodeImplementation;
import io.flowcraft.node.NodeResult;
import io.flowcraft.spi.TimeSource;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The attempts of one execution of a node, with the delays between them. Used once. */
final class Attempts {

  private static final Logger log = LoggerFactory.getLogger(Attempts.class);

  private final Services services;
  private final ExecutionContext context;
  private final NodeImplementation implementation;
  private final Retry retry;
  private final @Nullable Duration timeout;
  private final UserThread thread = new UserThread();
  private @Nullable LifecycleCall<?> lifecycle;
  private @Nullable CompletableFuture<NodeResult> promise;
  private int attempt = 1;

  Attempts(Services services, ExecutionContext context, NodeImplementation implementation) {
    this.services = services;
    this.context = context;
    this.implementation = implementation;
    this.retry = context.instance().node().definition().config().retry();
    this.timeout = context.instance().node().definition().config().timeout();
  }

  /** Makes data of an output. */
  static NodeResult data(ExecutionContext context, NodeResult result) {
    if (!result.hasOutput() || result.output() == null) {
      return result;
    }
    Object output = result.output();
    Object data = context.values().data(output, "The output of node '" + context.nodeId() + "'");
    return data == output ? result : result.withOutput(data);
  }

  /** Runs until a result, a failure that is final, or a delay. */
  CompletableFuture<NodeResult> run() {
    if (implementation instanceof Node<?> node) {
      LifecycleCall<?> call = new LifecycleCall<>(node, context);
      lifecycle = call;
      try {
        guarded(
            thread,
            () -> {
              call.prepare();
              return NodeResult.none();
            });
      } catch (Throwable e) {
        return CompletableFuture.failedFuture(call.recover(e));
      }
    }
    return loop();
  }

  /** Makes the attempt after that of the context. */
  CompletableFuture<NodeResult> next() {
    attempt = context.attempt() + 1;
    return run();
  }

  /** Goes on after an attempt, that of the context, that has failed. */
  CompletableFuture<NodeResult> after(Throwable error) {
    attempt = context.attempt();
    if (!isRetryable(error)) {
      return CompletableFuture.failedFuture(error);
    }
    Duration delay = beforeNext(error);
    return delay.isZero() ? loop() : later(delay);
  }

  /**
   * Attempts again after a delay, or at once if the run is told to stop. In a fleet a long delay is
   * stored, so that it outlives this process.
   */
  private CompletableFuture<NodeResult> later(Duration delay) {
    Pace pace = services.settings().pace();
    if (pace != null && services.middleware().isEmpty() && delay.compareTo(pace.tick()) >= 0) {
      context.park(new Parking.NextAttempt(services.time().millis() + delay.toMillis()));
      return CompletableFuture.completedFuture(NodeResult.none());
    }
    CompletableFuture<NodeResult> waiting = promise();
    StopSignal stop = context.frame().signal();
    CompletableFuture<Boolean> over = new CompletableFuture<>();
    TimeSource.Timer timer = services.time().schedule(delay, () -> over.complete(true));
    Runnable stopped = () -> over.complete(false);
    stop.onCancel(stopped);
    Stages.whenDone(
        over,
        (value, error) -> {
          timer.cancel();
          stop.forget(stopped);
          services.executor().execute(() -> settle(loop()));
        });
    return waiting;
  }

  /** Attempts as long as nothing makes us wait, without recursion. */
  private CompletableFuture<NodeResult> loop() {
    for (; ; ) {
      CompletableFuture<NodeResult> result = attempt();
      if (!result.isDone()) {
        CompletableFuture<NodeResult> waiting = promise();
        Stages.whenDone(
            result, (value, error) -> services.executor().execute(() -> proceed(result)));
        return waiting;
      }
      Throwable error = errorOf(result);
      if (error == null) {
        return finish(result.join());
      }
      if (!isRetryable(error)) {
        return fail(error);
      }
      Duration delay = beforeNext(error);
      if (!delay.isZero()) {
        return later(delay);
      }
    }
  }

  /** Goes on after an attempt that did not end at once. */
  private void proceed(CompletableFuture<NodeResult> result) {
    Throwable error = errorOf(result);
    if (error == null) {
      settle(finish(result.join()));
    } else if (!isRetryable(error)) {
      settle(fail(error));
    } else {
      Duration delay = beforeNext(error);
      settle(delay.isZero() ? loop() : later(delay));
    }
  }

  private CompletableFuture<NodeResult> promise() {
    CompletableFuture<NodeResult> current = promise;
    if (current == null) {
      current = new CompletableFuture<>();
      promise = current;
    }
    return current;
  }

  private void settle(CompletableFuture<NodeResult> result) {
    CompletableFuture<NodeResult> waiting = promise();
    if (result != waiting) {
      Stages.whenDone(
          result,
          (value, error) -> {
            if (error == null) {
              waiting.complete(value);
            } else {
              waiting.completeExceptionally(error);
            }
          });
    }
  }

  private static @Nullable Throwable errorOf(CompletableFuture<NodeResult> done) {
    if (!done.isCompletedExceptionally()) {
      return null;
    }
    return Failures.unwrap(done.handle((value, error) -> error).join());
  }

  private boolean isRetryable(Throwable error) {
    return attempt < retry.maxAttempts()
        && !Failures.isFatal(error)
        && !context.frame().signal().isCancelled()
        && !Failures.isNamed(error, retry.nonRetryable());
  }

  private Duration beforeNext(Throwable error) {
    if (services.events().isHeard()) {
      context.emit(
          new FlowEvent.NodeRetry(
              context.frame().origin(services.time()),
              context.nodeId(),
              context.iteration(),
              attempt,
              String.valueOf(error.getMessage())));
    }
    Duration delay = retry.delayAfter(attempt, services.random().nextDouble());
    attempt++;
    return delay;
  }

  private CompletableFuture<NodeResult> finish(NodeResult result) {
    LifecycleCall<?> call = lifecycle;
    if (call == null) {
      return CompletableFuture.completedFuture(result);
    }
    try {
      return CompletableFuture.completedFuture(
          data(context, guarded(thread, () -> call.post(result))));
    } catch (Throwable e) {
      return CompletableFuture.failedFuture(call.recover(e));
    }
  }

  private CompletableFuture<NodeResult> fail(Throwable error) {
    LifecycleCall<?> call = lifecycle;
    if (call == null) {
      return CompletableFuture.failedFuture(error);
    }
    try {
      return finish(data(context, guarded(thread, () -> call.fallback(error))));
    } catch (Throwable e) {
      return CompletableFuture.failedFuture(call.recover(e));
    }
  }

  private CompletableFuture<NodeResult> attempt() {
    if (timeout == null) {
      context.attempt(attempt, context.frame().signal());
      return invoke(thread, context.frame().signal());
    }
    return attemptWithin(timeout);
  }

  private CompletableFuture<NodeResult> attemptWithin(Duration limit) {
    CompletableFuture<NodeResult> result = new CompletableFuture<>();
    StopSignal signal = new StopSignal("Node '" + context.nodeId() + "' ran into its timeout");
    UserThread runner = new UserThread();
    Runnable stop = signal::stop;
    context.frame().signal().onCancel(stop);
    signal.onCancel(runner::interrupt);
    context.attempt(attempt, signal);
    TimeSource.Timer timer =
        services
            .time()
            .schedule(
                limit,
                () -> {
                  if (result.completeExceptionally(timedOut(limit))) {
                    signal.stop();
                  }
                });
    services
        .executor()
        .execute(
            () ->
                Stages.whenDone(
                    invoke(runner, signal),
                    (value, error) -> {
                      timer.cancel();
                      context.frame().signal().forget(stop);
                      if (error == null) {
                        result.complete(value);
                      } else {
                        result.completeExceptionally(error);
                      }
                    }));
    return result;
  }

  private FlowcraftException timedOut(Duration limit) {
    return new FlowcraftException(
        ErrorCode.NODE_TIMEOUT,
        "Node '"
            + context.nodeId()
            + "' took longer than its timeout of "
            + limit.toMillis()
            + " ms in attempt "
            + attempt
            + ". Give it a longer timeout, or find out what keeps it.");
  }

  /** Calls user code so that a stop can interrupt it, and nothing but it. */
  private <T extends @Nullable Object> T guarded(UserThread runner, UserCode<T> code)
      throws Throwable {
    runner.enter();
    context.frame().track(runner);
    try {
      return code.call();
    } finally {
      context.frame().untrack(runner);
      runner.leave();
    }
  }

  private CompletableFuture<NodeResult> invoke(UserThread runner, StopSignal signal) {
    try {
      return guarded(
          runner,
          () -> {
            // An attempt that begins too late, behind others in a pool, does not begin at all.
            signal.throwIfCancelled();
            return call();
          });
    } catch (Throwable e) {
      if (e instanceof VirtualMachineError) {
        log.error("The JVM failed in node {}.", context.idempotencyKey(), e);
      }
      return CompletableFuture.failedFuture(e);
    }
  }

  private CompletableFuture<NodeResult> call() throws Exception {
    NodeResult result;
    if (implementation instanceof NodeFunction function) {
      result = function.run(context);
    } else if (implementation instanceof AsyncNodeFunction function) {
      return promised(function.start(context));
    } else {
      result = Objects.requireNonNull(lifecycle).exec();
    }
    return CompletableFuture.completedFuture(
        result == null ? NodeResult.none() : data(context, result));
  }

  /** The result of an asynchronous node, which a stopped run does not wait for. */
  private CompletableFuture<NodeResult> promised(
      CompletionStage<? extends @Nullable NodeResult> stage) {
    CompletableFuture<NodeResult> result =
        stage
            .<NodeResult>thenApply(
                value -> value == null ? NodeResult.none() : data(context, value))
            .toCompletableFuture();
    if (result.isDone() || hasChild()) {
      return result;
    }
    StopSignal stop = context.frame().signal();
    Runnable giveUp =
        () ->
            result.completeExceptionally(
                new FlowcraftException(ErrorCode.CANCELLED, "Workflow cancelled", null, true));
    stop.onCancel(giveUp);
    Stages.whenDone(result, (value, error) -> stop.forget(giveUp));
    return result;
  }

  /** A child run is told to stop itself, and has an end to wait for. */
  private boolean hasChild() {
    String uses = context.instance().node().definition().uses();
    return BuiltIns.isSubflow(uses) && services.registry().find(uses) == null;
  }

  @FunctionalInterface
  private interface UserCode<T extends @Nullable Object> {
    T call() throws Throwable;
  }
}
