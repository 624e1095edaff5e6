package io.flowcraft.runtime.internal.engine;

import io.flowcraft.error.ErrorCode;
import io.flowcraft.error.FlowcraftException;
import io.flowcraft.event.FlowEvent;
import io.flowcraft.node.NodeResult;
import io.flowcraft.run.NodeStatus;
import io.flowcraft.run.RunStatus;
import io.flowcraft.runtime.internal.graph.Instance;
import io.flowcraft.spi.Commit;
import io.flowcraft.spi.Outcome;
import io.flowcraft.spi.Payload;
import io.flowcraft.spi.RunProgress;
import io.flowcraft.spi.RunRecord;
import io.flowcraft.spi.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Parks instances, and wakes them: by timer, by an answer, by the end of a child run. */
final class ParkingLot {

  private static final String TIMER = "timer";
  private static final String RETRY = "retry";
  private static final String EXTERNAL = "external_event";
  private static final String SUBFLOW = "subflow";
  private static final String INPUT = "input";
  private static final String TIMEOUT = "timeout";

  /** So often a parked instance is claimed while others begin epoch after epoch. */
  private static final int CLAIMS = 5;

  private final Engine engine;
  private final Services services;

  ParkingLot(Engine engine) {
    this.engine = engine;
    this.services = engine.services();
  }

  /**
   * Parks an instance: stored first, then counted as parked, and in between it leaves its lane. A
   * run whose processes die on the way is not at rest: somebody looks, and finds what is stored.
   *
   * @param token of whoever parks it, the same if it has to try again
   */
  CompletionStage<RunProgress> park(
      ExecutionContext context, long epoch, Outcome parked, String token) {
    RunFrame frame = context.frame();
    String runId = frame.runId();
    return services
        .store()
        .commit(new Commit(runId, epoch, List.of(parked), List.of()))
        .thenCompose(done -> Lanes.leave(engine, frame, epoch, context.instance(), token))
        .thenCompose(
            known ->
                known
                    ? services.coordination().park(runId, epoch, parked.instance())
                    : CompletableFuture.completedStage(RunProgress.UNKNOWN));
  }

  /** An instance is parked: it gets what will wake it. */
  void parked(ExecutionContext context, Outcome parked) {
    announce(context, parked);
    arm(context.frame(), context.instance(), parked);
  }

  /** What is stored of an instance that asks to be parked. */
  Outcome outcome(ExecutionContext context, long epoch, long startedAt) {
    Map<String, @Nullable Object> detail = new LinkedHashMap<>();
    NodeStatus status = NodeStatus.AWAITING;
    Payload output = null;
    Long wakeUpAt = null;
    Parking parking = context.parking();
    if (parking instanceof Parking.Sleep sleep) {
      status = NodeStatus.TIMER;
      output = context.inputPayload();
      detail.put(Detail.REASON, TIMER);
      wakeUpAt = sleep.wakeUpAtMillis();
    } else if (parking instanceof Parking.NextAttempt next) {
      status = NodeStatus.TIMER;
      detail.put(Detail.REASON, RETRY);
      wakeUpAt = next.wakeUpAtMillis();
    } else if (parking instanceof Parking.Wait wait) {
      detail.put(Detail.REASON, EXTERNAL);
      wakeUpAt = wait.wakeUpAtMillis();
    } else if (parking instanceof Parking.Child child) {
      detail.put(Detail.REASON, SUBFLOW);
      detail.put(Detail.CHILD, child.childRunId());
      wakeUpAt = child.wakeUpAtMillis();
    }
    detail.put(Detail.ATTEMPT, context.attempt());
    detail.put(Detail.EPOCH, epoch);
    Payload input = context.inputPayload();
    if (input != null && output == null) {
      detail.put(INPUT, input.value());
    }
    return new Outcome(
        context.instance().key(),
        context.nodeId(),
        context.iteration(),
        status,
        context.frame().sequence(),
        context.attempt(),
        output,
        null,
        List.of(),
        services.values().payload(detail),
        wakeUpAt,
        startedAt,
        services.time().millis());
  }

  private void announce(ExecutionContext context, Outcome parked) {
    if (services.events().isHeard()) {
      Map<String, @Nullable Object> detail = Detail.of(parked);
      Long wakeUpAt = parked.wakeUpAtMillis();
      context.emit(
          new FlowEvent.NodeAwaiting(
              context.frame().origin(services.time()),
              context.nodeId(),
              context.iteration(),
              String.valueOf(detail.get(Detail.REASON)),
              wakeUpAt == null ? null : Instant.ofEpochMilli(wakeUpAt)));
    }
  }

  /** Sees to it that what a parked instance waits for will wake it. */
  void arm(RunFrame frame, Instance instance, Outcome parked) {
    frame.sawParked();
    Map<String, @Nullable Object> detail = Detail.of(parked);
    if (detail.get(Detail.CHILD) instanceof String childRunId) {
      engine.children().parkedFor(frame, childRunId);
    }
    Long wakeUpAt = parked.wakeUpAtMillis();
    if (wakeUpAt == null) {
      return;
    }
    if (parked.status() == NodeStatus.TIMER) {
      frame.sleeping().add(instance.key());
    }
    long delay = Math.max(0, wakeUpAt - services.time().millis());
    TimeSource.Timer before =
        frame
            .timers()
            .put(
                instance.key(),
                services
                    .time()
                    .schedule(
                        Duration.ofMillis(delay),
                        () -> engine.perform(() -> timeIsUp(frame, instance, parked))));
    if (before != null) {
      before.cancel();
    }
  }

  private void timeIsUp(RunFrame frame, Instance instance, Outcome parked) {
    if (RETRY.equals(Detail.of(parked).get(Detail.REASON))) {
      wakeByChild(frame, instance, parked, context -> engine.executor().next(context));
      return;
    }
    if (parked.status() == NodeStatus.TIMER) {
      Payload output = parked.output();
      NodeResult result = output == null ? NodeResult.none() : NodeResult.output(output.value());
      wake(frame, instance, parked, CompletableFuture.completedFuture(result));
      return;
    }
    if (Detail.of(parked).get(Detail.CHILD) instanceof String childRunId) {
      childIsLate(frame, instance, parked, childRunId);
      return;
    }
    boolean handled =
        instance.node().out().stream().anyMatch(edge -> TIMEOUT.equals(edge.definition().action()));
    wake(
        frame,
        instance,
        parked,
        handled
            ? CompletableFuture.completedFuture(NodeResult.action(TIMEOUT))
            : CompletableFuture.failedFuture(
                new FlowcraftException(
                    ErrorCode.NODE_TIMEOUT,
                    "Node '"
                        + instance.node().id()
                        + "' was not answered in time, and no edge is there for the action"
                        + " 'timeout'.")));
  }

  private void childIsLate(RunFrame frame, Instance instance, Outcome parked, String childRunId) {
    FlowcraftException late =
        new FlowcraftException(
            ErrorCode.NODE_TIMEOUT,
            "Node '"
                + instance.node().id()
                + "' ran into its timeout while its child run '"
                + childRunId
                + "' was under way. Give it a longer timeout, or find out what the child waits"
                + " for.");
    CompletionStage<Boolean> woken =
        wakeByChild(frame, instance, parked, context -> engine.children().failed(context, late));
    Stages.whenDone(
        woken,
        (first, error) -> {
          if (Boolean.TRUE.equals(first)) {
            engine.perform(() -> engine.children().abandon(childRunId));
          }
        });
  }

  /**
   * Gives a parked instance its result, for good: if this process was taken for dead meanwhile,
   * once more.
   *
   * @return whether this answer is the one that counts
   */
  boolean answer(RunFrame frame, Instance instance, Outcome parked, NodeResult result) {
    for (int i = 0; i < CLAIMS; i++) {
      long epoch = frame.epoch();
      CompletableFuture<NodeResult> answer = CompletableFuture.completedFuture(result);
      if (!Stages.join(wake(frame, instance, parked, answer))) {
        return false;
      }
      if (services.settings().isAlone()) {
        return true;
      }
      Outcome stored = engine.outcome(frame, instance);
      if (stored != null && stored.status().isFinal()) {
        return isFrom(stored, result);
      }
      engine.renewal().isOver(frame, epoch);
    }
    return false;
  }

  /** Whether an outcome may have come from a result: two equal answers are one. */
  static boolean isFrom(Outcome stored, NodeResult result) {
    Object output = stored.output() == null ? null : stored.output().value();
    return Objects.equals(stored.action(), result.action())
        && (stored.status() != NodeStatus.COMPLETED || Objects.equals(output, result.output()));
  }

  /**
   * Goes on with a parked instance, unless somebody else does.
   *
   * @return whether this call was the one; then what came of it is stored
   */
  CompletionStage<Boolean> wake(
      RunFrame frame, Instance instance, Outcome parked, CompletableFuture<NodeResult> execution) {
    return wakeByChild(frame, instance, parked, context -> execution);
  }

  /** The same, for an execution that depends on the context that the instance goes on with. */
  CompletionStage<Boolean> wakeByChild(
      RunFrame frame,
      Instance instance,
      Outcome parked,
      Function<ExecutionContext, CompletableFuture<NodeResult>> goOn) {
    // Counted as active first: a run that is about to stop either sees this or is seen by it.
    frame.strands().hold();
    CompletionStage<Boolean> woken;
    try {
      woken =
          mayBeWoken(frame)
              ? claim(frame, instance, parked, goOn, CLAIMS)
              : CompletableFuture.completedFuture(false);
    } catch (RuntimeException | Error e) {
      engine.lifecycle().release(frame);
      throw e;
    }
    if (woken.toCompletableFuture().isDone()) {
      engine.lifecycle().release(frame);
    } else {
      // Not on the thread of the store that has answered: a release may ask it again, and wait.
      Stages.whenDone(woken, (value, error) -> engine.lifecycle().releaseSoon(frame));
    }
    return woken;
  }

  private boolean mayBeWoken(RunFrame frame) {
    return !frame.isEnded()
        && !engine.lifecycle().refuses(frame)
        && (services.settings().isAlone() || mayMove(frame));
  }

  /** Whether a run may go on, as it is stored; then it is stored as moving. */
  private boolean mayMove(RunFrame frame) {
    RunRecord now = Stages.join(services.store().find(frame.runId())).orElse(null);
    if (now == null || now.status().isFinal()) {
      return false;
    }
    if (now.status() == RunStatus.CANCELLING) {
      engine.lifecycle().cancelled(frame, now);
      return false;
    }
    engine.lifecycle().willMove(frame.runId());
    return true;
  }

  /** Of all who want to wake an instance, one may. */
  private CompletionStage<Boolean> claim(
      RunFrame frame,
      Instance instance,
      Outcome parked,
      Function<ExecutionContext, CompletableFuture<NodeResult>> goOn,
      int left) {
    long epoch = frame.epoch();
    if (epoch != epochOf(parked)) {
      // It may have been woken, taken back and parked again since then, for another reason to wait.
      Outcome now = engine.outcome(frame, instance);
      if (now == null || !ContextSnapshot.isParked(now) || epochOf(now) != epochOf(parked)) {
        return CompletableFuture.completedFuture(false);
      }
    }
    return Stages.thenOn(
        services.executor(),
        services.coordination().unpark(frame.runId(), epoch, instance.key()),
        progress -> {
          if (progress.changed()) {
            Outcome now = hasAttempts(instance) ? engine.outcome(frame, instance) : parked;
            return now == null || isSame(now, parked)
                ? goOn(frame, epoch, instance, parked, goOn)
                : parkAgain(frame, epoch, instance, now);
          }
          if (progress.known() || frame.isEnded() || left == 0) {
            return CompletableFuture.completedFuture(false);
          }
          return Stages.thenOn(
              services.executor(),
              engine.renewal().renew(frame, epoch),
              done -> claim(frame, instance, parked, goOn, left - 1));
        });
  }

  private static boolean hasAttempts(Instance instance) {
    return instance.node().definition().config().retry().maxAttempts() > 1;
  }

  /** Whether an instance is still parked for the same reason as when somebody looked. */
  private static boolean isSame(Outcome now, Outcome before) {
    return now.attempt() == before.attempt() && Detail.of(now).equals(Detail.of(before));
  }

  /** Somebody took a later attempt for an earlier one and has woken it: it goes on waiting. */
  private CompletionStage<Boolean> parkAgain(
      RunFrame frame, long epoch, Instance instance, Outcome now) {
    return Stages.thenOn(
        services.executor(),
        services.coordination().park(frame.runId(), epoch, instance.key()),
        progress -> {
          arm(frame, instance, now);
          return CompletableFuture.completedFuture(false);
        });
  }

  /** The epoch in which an instance was parked. */
  private static long epochOf(Outcome parked) {
    return Detail.of(parked).get(Detail.EPOCH) instanceof Number epoch ? epoch.longValue() : 0;
  }

  private CompletionStage<Boolean> goOn(
      RunFrame frame,
      long epoch,
      Instance instance,
      Outcome parked,
      Function<ExecutionContext, CompletableFuture<NodeResult>> goOn) {
    TimeSource.Timer timer = frame.timers().remove(instance.key());
    if (timer != null) {
      timer.cancel();
    }
    engine.lifecycle().moves(frame, instance.key());
    Due due = new Due(instance, List.of());
    ExecutionContext context = new ExecutionContext(services, frame, due, inputOf(parked), null);
    context.attempt(Math.max(1, parked.attempt()), frame.signal());
    CompletableFuture<NodeResult> execution = goOn.apply(context);
    Strand strand = Strand.resume(engine, context, epoch, due, execution);
    if (execution.isDone()) {
      return strand.runUntilStored();
    }
    Stages.whenDone(execution, (value, error) -> services.executor().execute(strand));
    return CompletableFuture.completedFuture(true);
  }

  private @Nullable Payload inputOf(Outcome parked) {
    Map<String, @Nullable Object> detail = Detail.of(parked);
    return detail.containsKey(INPUT)
        ? services.values().payload(detail.get(INPUT))
        : parked.output();
  }
}
