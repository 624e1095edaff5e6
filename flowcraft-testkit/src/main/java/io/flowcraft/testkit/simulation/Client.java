package io.flowcraft.testkit.simulation;

import io.flowcraft.error.ErrorCode;
import io.flowcraft.error.FlowcraftException;
import io.flowcraft.spi.RunRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Whoever starts the run and does things with it: calls some process, and calls again, perhaps
 * another one, when it does not learn what came of a call.
 */
final class Client {

  static final String RUN = "run";

  private static final Duration PATIENCE = Duration.ofSeconds(40);
  private static final Duration MUCH_PATIENCE = Duration.ofMinutes(20);
  private static final Duration PAUSE = Duration.ofSeconds(5);
  private static final int ANY_TIME = 150;
  private static final Set<ErrorCode> REASONS_TO_CALL_AGAIN =
      EnumSet.of(ErrorCode.BACKEND, ErrorCode.RUN_STATE, ErrorCode.CLOSED);

  private final World world;
  private final Fleet fleet;
  private final ObservedStore store;
  private final Trace trace;
  private final Consumer<Breach> breaches;
  private final List<Errand> errands = new ArrayList<>();

  Client(
      Workload workload,
      World world,
      Fleet fleet,
      ObservedStore store,
      Trace trace,
      Consumer<Breach> breaches) {
    this.world = world;
    this.fleet = fleet;
    this.store = store;
    this.trace = trace;
    this.breaches = breaches;
    errands.add(new Errand(start(workload)));
    workload.actions().forEach(action -> errands.add(new Errand(action)));
  }

  private static Workload.Action start(Workload workload) {
    return new Workload.Action(
        "start",
        run -> false,
        (runtime, runId) ->
            runtime.start(
                workload.flow().id(), workload.input(), workload.options().withRunId(runId)),
        Workload.Kind.PLAIN);
  }

  /** Does what it is time for. */
  void look() {
    for (Errand errand : errands) {
      if (!errand.done && !errand.underWay && errand.isTime()) {
        errand.goSoon();
      }
    }
  }

  /** Whether everything that had to be done was done, by whoever. */
  boolean isDone() {
    for (Errand errand : errands) {
      if (!errand.done && errand.isTime()) {
        return false;
      }
    }
    return true;
  }

  /** The run as it is stored; null if it is not. */
  @Nullable RunView view() {
    RunRecord run = store.run(RUN);
    return run == null ? null : new RunView(run.status(), store.everything(RUN));
  }

  /** One thing to do. */
  private final class Errand {

    private final Workload.Action action;
    private boolean done;
    private boolean underWay;
    private int attempts;

    Errand(Workload.Action action) {
      this.action = action;
    }

    private boolean isTime() {
      Predicate<RunView> when = action.when();
      RunView now = view();
      return now == null ? this == errands.get(0) : when.test(now);
    }

    void goSoon() {
      underWay = true;
      long at =
          action.kind() == Workload.Kind.ANY_TIME
              ? world.steps() + world.choices().among(ANY_TIME)
              : 0;
      goAt(at);
    }

    private void goAt(long step) {
      if (world.steps() < step && !world.isQuiet()) {
        world.ready(() -> goAt(step));
      } else {
        go();
      }
    }

    private void go() {
      Fleet.Member process = fleet.any();
      if (process == null || (process.newer() && this == errands.get(0))) {
        world.after(PAUSE, this::tryAgain);
        return;
      }
      attempts++;
      int attempt = attempts;
      trace.message(world, Trace.Kind.REQUEST, "client", process.host().name(), action::name);
      process.host().execute(() -> call(process, attempt));
      world.after(
          action.kind() == Workload.Kind.PATIENT ? MUCH_PATIENCE : PATIENCE,
          () -> {
            if (attempt == attempts) {
              tryAgain();
            }
          });
    }

    private void tryAgain() {
      underWay = false;
      look();
    }

    private void call(Fleet.Member process, int attempt) {
      try {
        process.connection().direct(action.kind() == Workload.Kind.REPAIR_AT_ONCE);
        action.verb().apply(process.runtime(), RUN);
        done = true;
        answer(process, () -> action.name() + " is done");
      } catch (FlowcraftException e) {
        answer(process, () -> String.valueOf(e.getMessage()));
        if (!REASONS_TO_CALL_AGAIN.contains(e.code())) {
          breaches.accept(
              new Breach("the client is served", action.name() + ": " + e.getMessage()));
        }
        if (attempt == attempts) {
          world.after(PAUSE, this::tryAgain);
        }
      } finally {
        process.connection().direct(false);
      }
    }

    private void answer(Fleet.Member process, Supplier<String> text) {
      trace.message(world, Trace.Kind.ANSWER, process.host().name(), "client", text);
    }
  }
}
