package io.flowcraft.runtime.internal.engine;

import io.flowcraft.node.NodeResult;
import io.flowcraft.runtime.internal.graph.Instance;
import io.flowcraft.spi.Commit;
import io.flowcraft.spi.Completion;
import io.flowcraft.spi.CompletionAnswer;
import io.flowcraft.spi.Delivery;
import io.flowcraft.spi.Outcome;
import io.flowcraft.spi.Selection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Walks one node instance through its life, and then its successor, as long as that is possible
 * without a detour through the queue: input, user code, decision, commit, dispatch.
 *
 * <p>A strand is used by one thread at a time. Where it has to wait it gives its thread back and
 * goes on from the same phase on another one; it never recurses, however long a chain is.
 */
final class Strand implements Runnable {

  private enum Phase {
    BEGIN,
    EXECUTED,
    COMPLETE,
    RENEW,
    CASCADE,
    COMMIT,
    VALUES,
    LOOK_AGAIN,
    DISPATCH,
    PARK,
    RENEW_PARKED,
    END,
    REST,
    ACKNOWLEDGE
  }

  /** What follows without being executed must not pass for the execution itself. */
  private static final String FOLLOWS = "+";

  private final Engine engine;
  private final Services services;
  private final RunFrame frame;
  private final @Nullable Delivery delivery;
  private final String token;

  /** The neighbours among the active strands of the run; theirs to change. */
  @Nullable Strand previous;

  @Nullable Strand next;

  /** Where it is listed among them. */
  ActiveStrands.@Nullable Lane lane;

  private final Execution execution;
  private Phase phase;
  private int steps;

  private Due due;
  private Resolution resolution;
  private Consequences consequences;
  private @Nullable Completion pending;
  private CompletionAnswer last = CompletionAnswer.UNKNOWN_RUN;
  private final long beganAt;
  private long startedAt;
  private final Looks looks = new Looks();
  private long epoch;
  private @Nullable CompletableFuture<Boolean> stored;
  private int wins;
  private boolean admitted;

  @SuppressWarnings("NullAway.Init") // each field is set in the phase before the one that reads it
  private Strand(
      Engine engine,
      RunFrame frame,
      long epoch,
      Due due,
      @Nullable Delivery delivery,
      Phase phase) {
    this.epoch = epoch;
    this.engine = engine;
    this.services = engine.services();
    this.frame = frame;
    this.due = due;
    this.delivery = delivery;
    this.execution = new Execution(engine, frame);
    this.phase = phase;
    this.beganAt = services.time().millis();
    this.startedAt = beganAt;
    this.token = frame.enter(this);
  }

  /** A strand that executes an instance. */
  static Strand execute(
      Engine engine, RunFrame frame, long epoch, Due due, @Nullable Delivery delivery) {
    return new Strand(engine, frame, epoch, due, delivery, Phase.BEGIN);
  }

  /** A strand that goes on with a parked instance, whose execution has come to this. */
  static Strand resume(
      Engine engine,
      ExecutionContext context,
      long epoch,
      Due due,
      CompletableFuture<NodeResult> execution) {
    Strand strand = new Strand(engine, context.frame(), epoch, due, null, Phase.EXECUTED);
    strand.execution.resume(context, execution);
    return strand;
  }

  /**
   * Runs until the instance is decided and stored, on this thread as far as no store has to answer.
   */
  CompletableFuture<Boolean> runUntilStored() {
    CompletableFuture<Boolean> told = new CompletableFuture<>();
    stored = told;
    run();
    return told;
  }

  @Override
  public void run() {
    try {
      boolean goOn = true;
      while (goOn) {
        goOn =
            switch (phase) {
              case BEGIN -> begin();
              case EXECUTED -> executed();
              case COMPLETE -> complete();
              case RENEW -> renew(Phase.COMPLETE);
              case CASCADE -> cascade();
              case COMMIT -> commit();
              case VALUES -> values();
              case LOOK_AGAIN -> lookAgain();
              case DISPATCH -> dispatch();
              case PARK -> park();
              case RENEW_PARKED -> renew(Phase.PARK);
              case END -> end();
              case REST -> rest();
              case ACKNOWLEDGE -> acknowledge();
            };
      }
    } catch (RuntimeException | Error e) {
      broken(e);
    }
  }

  /** Interrupts the user code that it runs, if it does. */
  void interrupt() {
    execution.interrupt();
  }

  /** The instance that it is at work on; a guess, seen from other threads. */
  Instance instance() {
    return due.instance();
  }

  /** Whether its instance is not decided yet, as far as it knows; a guess, too. */
  boolean isUndecided() {
    return switch (phase) {
      case BEGIN, EXECUTED, COMPLETE, RENEW -> true;
      default -> false;
    };
  }

  /** Whether user code runs, or waits for its next attempt; a guess, too. */
  boolean isExecuting() {
    return phase == Phase.BEGIN || phase == Phase.EXECUTED;
  }

  /** The job that it does; null for none. */
  @Nullable Delivery delivery() {
    return delivery;
  }

  /** How many instances it has decided. */
  int wins() {
    return wins;
  }

  /** Since when it has its job. */
  long beganAtMillis() {
    return beganAt;
  }

  /** Since when it is at work on that instance. */
  long startedAtMillis() {
    return startedAt;
  }

  /** Uses the value of a stage and goes on, at once or later. */
  private <T> boolean await(CompletionStage<T> stage, Consumer<T> use) {
    CompletableFuture<T> future = stage.toCompletableFuture();
    if (future.isDone()) {
      use.accept(future.join());
      return true;
    }
    Stages.whenDone(
        future,
        (value, error) ->
            services
                .executor()
                .execute(
                    () -> {
                      if (error != null) {
                        broken(error);
                        return;
                      }
                      try {
                        use.accept(value);
                      } catch (RuntimeException | Error e) {
                        broken(e);
                        return;
                      }
                      run();
                    }));
    return false;
  }

  /** A backend failed, or the engine has a defect: the same phase once more, in a while. */
  private void broken(Throwable error) {
    engine.broken(frame, due.instance(), Failures.unwrap(error), this);
  }

  /** It gets the place of one that has ended. */
  void admit() {
    admitted = true;
    services.executor().execute(this);
  }

  private boolean begin() {
    if (!admitted && !frame.gate().enter(this)) {
      return false;
    }
    admitted = true;
    if (frame.isEnded() || engine.lifecycle().refuses(frame)) {
      phase = Phase.END;
      return true;
    }
    boolean done = execution.begin(due);
    phase = Phase.EXECUTED;
    if (done) {
      return true;
    }
    execution.whenDone(() -> services.executor().execute(this));
    return false;
  }

  private boolean executed() {
    Throwable failure = execution.backendFailure();
    if (failure != null) {
      return again(failure);
    }
    if (execution.isParked()) {
      phase = Phase.PARK;
      return true;
    }
    Resolution came = execution.resolve(startedAt);
    if (came == null) {
      // It was told to end: its instance stays undecided, so that a retry runs it again.
      phase = Phase.END;
      return true;
    }
    resolution = came;
    phase = Phase.COMPLETE;
    return true;
  }

  /** A backend failed within user code, which is executed again. */
  private boolean again(Throwable failure) {
    // If it is parked in the store, whoever finds it so begins with it once more.
    phase = execution.isResumed() ? Phase.END : Phase.BEGIN;
    if (phase == Phase.BEGIN) {
      broken(failure);
    }
    return phase == Phase.END;
  }

  private boolean complete() {
    Completion completion =
        new Completion(
            frame.runId(),
            epoch,
            due.instance().key(),
            token,
            resolution.failed(),
            resolution.arrivals().arrivals());
    return await(services.coordination().complete(completion), this::completed);
  }

  private void completed(CompletionAnswer answer) {
    last = answer;
    switch (answer.verdict()) {
      case UNKNOWN -> phase = Phase.RENEW;
      case LOST -> phase = Phase.END;
      case WON -> {
        wins++;
        frame.saw(epoch, answer);
        consequences = new Consequences(engine, frame, epoch);
        consequences.add(execution.context(), resolution, answer);
        phase = Phase.CASCADE;
      }
    }
  }

  /** The coordination store does not know this epoch of the run. */
  private boolean renew(Phase back) {
    return await(engine.renewal().renew(frame, epoch), done -> phase = renewed(back));
  }

  /**
   * In the next epoch the result counts, if the instance is due with the same inputs. Everything
   * else is somebody else's now.
   */
  private Phase renewed(Phase back) {
    long next = frame.epoch();
    if (next == epoch && !frame.isEnded()) {
      return back;
    }
    Due again = frame.dueThen(due.instance().key());
    if (frame.isEnded() || again == null || !again.inputs().equals(due.inputs())) {
      return Phase.END;
    }
    epoch = next;
    pending = null;
    return back;
  }

  private boolean cascade() {
    if (pending == null && consequences.buildsOnUnstored()) {
      phase = Phase.COMMIT;
      return true;
    }
    Completion next = pending == null ? consequences.next(token, FOLLOWS, Set.of()) : pending;
    if (next == null) {
      phase = Phase.COMMIT;
      return true;
    }
    pending = next;
    return await(
        services.coordination().complete(next),
        answer -> {
          pending = null;
          if (answer.verdict() == CompletionAnswer.Verdict.UNKNOWN) {
            phase = Phase.RENEW;
          } else if (answer.verdict() == CompletionAnswer.Verdict.WON) {
            wins++;
            last = answer;
            frame.saw(epoch, answer);
            consequences.answered(answer);
          }
        });
  }

  private boolean commit() {
    List<Outcome> outcomes = consequences.outcomes();
    if (outcomes.isEmpty()) {
      phase = Phase.VALUES;
      return true;
    }
    Commit commit = new Commit(frame.runId(), epoch, outcomes, consequences.entries());
    CompletableFuture<Void> written = services.store().commit(commit).toCompletableFuture();
    if (written.isDone() && !services.events().isHeard()) {
      written.join();
      phase = Phase.VALUES;
      return true;
    }
    return await(
        written,
        done -> {
          phase = Phase.VALUES;
          consequences.announce();
        });
  }

  private boolean values() {
    CompletableFuture<Boolean> told = stored;
    if (told != null) {
      // Whoever has waited for this need not do the rest.
      stored = null;
      services.executor().execute(this);
      told.complete(true);
      return false;
    }
    Set<String> sources = consequences.foreignSources();
    if (sources.isEmpty()) {
      goOn();
      return true;
    }
    return await(
        services.store().read(frame.runId(), Selection.outcomes(sources)),
        slice -> {
          if (consequences.foreign(sources, slice.outcomes())) {
            goOn();
          } else {
            phase = Phase.LOOK_AGAIN;
          }
        });
  }

  private void goOn() {
    if (consequences.hasSkips()) {
      consequences.stored();
      phase = Phase.CASCADE;
    } else {
      phase = Phase.DISPATCH;
    }
  }

  /**
   * Another strand has decided an instance that this one builds on, and has not stored it yet:
   * whoever starts now could not see it.
   */
  private boolean lookAgain() {
    phase = Phase.VALUES;
    if (looks.areMany() && engine.renewal().isOver(frame, epoch)) {
      // Whoever was to store it was taken for dead.
      phase = Phase.END;
      return true;
    }
    // Whom it waits for may wait for its place.
    admitted = frame.gate().leave(admitted);
    looks.again(services, this);
    return false;
  }

  private boolean dispatch() {
    List<Due> ready = consequences.ready();
    engine.lifecycle().decided(frame, resolution);
    if (frame.stop() != null || frame.epoch() != epoch) {
      ready = List.of();
    } else if (ready.isEmpty() && last.open() == 0 && consequences.skipLatent()) {
      phase = Phase.CASCADE;
      return true;
    }
    phase = Phase.END;
    looks.end();
    if (ready.isEmpty()) {
      return true;
    }
    if (++steps >= services.settings().maxLocalSteps()
        || frame.gate().isCrowded()
        || !engine.canRun(ready.get(0).instance())) {
      engine.enqueue(frame, epoch, ready);
      return true;
    }
    if (ready.size() > 1) {
      engine.enqueue(frame, epoch, ready.subList(1, ready.size()));
    }
    due = ready.get(0);
    startedAt = services.time().millis();
    phase = Phase.BEGIN;
    return true;
  }

  private boolean park() {
    Outcome parked = engine.parking().outcome(execution.context(), epoch, startedAt);
    return await(
        engine.parking().park(execution.context(), epoch, parked, token + FOLLOWS),
        progress -> {
          phase = progress.known() ? Phase.END : Phase.RENEW_PARKED;
          if (progress.known()) {
            engine.parking().parked(execution.context(), parked);
          }
        });
  }

  private boolean end() {
    CompletableFuture<Boolean> told = stored;
    if (told != null) {
      stored = null;
      told.complete(false);
    }
    admitted = frame.gate().leave(admitted);
    phase = frame.strands().leave(this) ? Phase.REST : Phase.ACKNOWLEDGE;
    return true;
  }

  /** The last strand that leaves a run looks whether the run is at rest or at its end. */
  private boolean rest() {
    engine.lifecycle().idle(frame);
    phase = Phase.ACKNOWLEDGE;
    return true;
  }

  private boolean acknowledge() {
    if (delivery != null) {
      delivery.acknowledge();
    }
    return false;
  }
}
