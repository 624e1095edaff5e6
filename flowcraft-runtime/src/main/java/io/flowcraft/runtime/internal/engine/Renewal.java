package io.flowcraft.runtime.internal.engine;

import io.flowcraft.spi.Commit;
import io.flowcraft.spi.RunRecord;
import io.flowcraft.spi.RunSlice;
import io.flowcraft.spi.Selection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Leads runs into their next epoch when their coordination data are lost or can't be trusted.
 *
 * <p>An epoch begins with the store: from the fence on, whatever is committed in an earlier epoch
 * is ignored. What is stored then is all that has happened; the coordination store gets what
 * follows from it. So whoever was paused, cut off or slow in an earlier epoch can't change anything
 * any more, and there is one answer to every doubt.
 */
final class Renewal {

  private static final Logger log = LoggerFactory.getLogger(Renewal.class);

  private static final CompletableFuture<Void> DONE = CompletableFuture.completedFuture(null);

  private final Engine engine;
  private final Services services;

  Renewal(Engine engine) {
    this.engine = engine;
    this.services = engine.services();
  }

  /**
   * The coordination store does not know a run in an epoch: finds out whether a later one has
   * begun, and begins it if not. When the stage completes, the frame is in a later epoch, or has
   * ended, or somebody else was faster and it is worth asking again.
   */
  CompletionStage<Void> renew(RunFrame frame, long epoch) {
    synchronized (frame.epochLock()) {
      CompletionStage<Void> underWay = frame.renewal();
      if (underWay != null) {
        return underWay;
      }
      if (frame.epoch() > epoch || frame.isEnded()) {
        return DONE;
      }
      frame.doubt();
      CompletionStage<Void> stage =
          then(services.store().find(frame.runId()), now -> renew(frame, epoch, now));
      return underWay(frame, stage);
    }
  }

  /** Begins the next epoch of a run, unless it is not in this one any more. */
  CompletionStage<Void> takeOver(RunFrame frame, long epoch, List<String> retracted) {
    synchronized (frame.epochLock()) {
      CompletionStage<Void> underWay = frame.renewal();
      return underWay == null ? underWay(frame, begin(frame, epoch, retracted)) : underWay;
    }
  }

  /** Brings a frame into the epoch that its run has been seen in. */
  void follow(RunFrame frame, RunRecord seen) {
    if (frame.epoch() < seen.epoch()) {
      Stages.join(renew(frame, frame.epoch()));
    }
  }

  /** Whether a later epoch than a given one has begun; asks the store. */
  boolean isOver(RunFrame frame, long epoch) {
    if (frame.epoch() == epoch && !frame.isEnded()) {
      Optional<RunRecord> now = Stages.join(services.store().find(frame.runId()));
      if (now.isEmpty() || now.get().status().isFinal() || now.get().epoch() > epoch) {
        Stages.join(renew(frame, epoch));
      }
    }
    return frame.epoch() != epoch || frame.isEnded();
  }

  private static CompletionStage<Void> underWay(RunFrame frame, CompletionStage<Void> stage) {
    if (stage.toCompletableFuture().isDone()) {
      return stage;
    }
    CompletionStage<Void> all = stage.whenComplete((done, error) -> frame.renewal(null));
    if (!all.toCompletableFuture().isDone()) {
      frame.renewal(all);
    }
    return all;
  }

  private CompletionStage<Void> renew(RunFrame frame, long epoch, Optional<RunRecord> stored) {
    if (stored.isEmpty() || stored.get().status().isFinal()) {
      engine.endings().endedElsewhereSoon(frame, stored);
      return DONE;
    }
    long now = stored.get().epoch();
    return now > epoch ? catchUp(frame, now) : begin(frame, now, List.of());
  }

  /** Somebody else has begun an epoch. */
  private CompletionStage<Void> catchUp(RunFrame frame, long epoch) {
    return then(
        services.store().read(frame.runId(), Selection.ALL),
        slice -> {
          engine.recovery().learn(frame, slice);
          Replay replay = Replay.of(engine, frame, slice, epoch);
          // What is due now may have become due in that epoch: no earlier result counts for it.
          frame.begins(epoch, replay.state().sequence(), List.of());
          goOn(frame, slice, List.of());
          return DONE;
        });
  }

  /**
   * Goes on aside: many runs may have to be renewed at once, with all threads of the executor
   * waiting for it.
   */
  private <T> CompletionStage<Void> then(
      CompletionStage<T> stage, Function<T, CompletionStage<Void>> next) {
    return Stages.thenOn(services.aside(), stage, next);
  }

  private CompletionStage<Void> begin(RunFrame frame, long epoch, List<String> retracted) {
    return then(
        services.store().fence(frame.runId(), epoch, retracted),
        slice -> slice.isEmpty() ? DONE : begin(frame, epoch + 1, slice.get()));
  }

  private CompletionStage<Void> begin(RunFrame frame, long epoch, RunSlice slice) {
    engine.recovery().learn(frame, slice);
    Replay replay = Replay.of(engine, frame, slice, epoch);
    List<Due> due = replay.due();
    Commit missing = replay.missing();
    CompletionStage<Void> stored =
        missing.outcomes().isEmpty() ? DONE : services.store().commit(missing);
    return then(
        stored.thenCompose(done -> services.coordination().open(replay.state())),
        progress -> {
          if (!progress.known()) {
            return DONE;
          }
          frame.begins(epoch, replay.state().sequence(), due);
          goOn(frame, slice, due);
          return DONE;
        });
  }

  /** Lets a run go on in its epoch, apart, as that may need the next one. */
  private void goOn(RunFrame frame, RunSlice slice, List<Due> due) {
    frame.strands().hold();
    services
        .executor()
        .execute(
            () -> {
              try {
                engine.recovery().arm(frame, slice);
                engine.recovery().start(frame, due);
              } catch (BackendFailure e) {
                log.warn("Run {} does not go on yet; a sweeper will find it.", frame.runId(), e);
              } finally {
                engine.lifecycle().release(frame);
              }
            });
  }
}
