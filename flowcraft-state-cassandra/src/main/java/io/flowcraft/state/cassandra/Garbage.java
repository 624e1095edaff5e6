package io.flowcraft.state.cassandra;

import io.flowcraft.spi.RunRecord;
import io.flowcraft.spi.TimeSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows which hints at live runs are over, and tidies up the log of hints when there are too many:
 * a slot at least half of which is over is left behind, and what is still live is moved on. So a
 * list reads little more than what is live, and a hint is moved no more often than others end.
 */
final class Garbage {

  private static final Logger log = LoggerFactory.getLogger(Garbage.class);

  private static final int MOST_SLOTS = 16;
  private static final int AT_A_TIME = 16;
  private static final int REMEMBERED = 200_000;
  private static final long PAUSE_MILLIS = 1_000;

  private final RunTable runs;
  private final Bounds bounds;
  private final LiveHints live;
  private final EndedHints ended;
  private final TimeSource time;
  private final int least;
  private final AtomicBoolean tidying = new AtomicBoolean();
  private volatile long tidiedAt;

  /** The beginnings that are over, by slot. */
  private final Map<Long, Set<String>> over = new HashMap<>();

  private int remembered;

  Garbage(
      RunTable runs, Bounds bounds, LiveHints live, EndedHints ended, TimeSource time, int least) {
    this.runs = runs;
    this.bounds = bounds;
    this.live = live;
    this.ended = ended;
    this.time = time;
    this.least = least;
  }

  /** A run was found to have ended, or not. */
  void saw(RunRecord run, Map<String, List<LiveHints.Hint>> hints) {
    if (!run.status().isFinal()) {
      return;
    }
    for (LiveHints.Hint hint : hints.getOrDefault(run.runId(), List.of())) {
      if (hint.slot() >= 0) {
        remember(hint);
      }
    }
  }

  private synchronized void remember(LiveHints.Hint hint) {
    if (remembered >= REMEMBERED) {
      over.clear();
      remembered = 0;
    }
    if (over.computeIfAbsent(hint.slot(), slot -> new HashSet<>()).add(hint.beginId())) {
      remembered++;
    }
  }

  /** Whether a hint is at a beginning that is over for good: each beginning has its own. */
  synchronized boolean isKnown(LiveHints.Hint hint) {
    return hint.slot() >= 0 && over.getOrDefault(hint.slot(), Set.of()).contains(hint.beginId());
  }

  private synchronized int countOver(long slot) {
    return over.getOrDefault(slot, Set.of()).size();
  }

  private synchronized void forget(long slot) {
    Set<String> gone = over.remove(slot);
    remembered -= gone == null ? 0 : gone.size();
  }

  /** Tidies up, apart and not all the time. */
  void tidySoon() {
    long now = time.millis();
    if (now - tidiedAt < PAUSE_MILLIS || !tidying.compareAndSet(false, true)) {
      return;
    }
    tidiedAt = now;
    tidy()
        .whenComplete(
            (done, error) -> {
              tidying.set(false);
              if (error != null) {
                log.debug("Hints at live runs were not tidied up; it is tried again.", error);
              }
            });
  }

  CompletionStage<Void> tidy() {
    return bounds
        .read(LiveHints.NAME)
        .thenCompose(
            now -> {
              boolean many = now.gate() - now.floor() >= MOST_SLOTS;
              return live.slots(now)
                  .thenCompose(slots -> Async.every(slots, 1, slot -> tidy(slot, many, now)))
                  .thenCompose(done -> raiseFloor());
            });
  }

  private CompletionStage<Void> tidy(long slot, boolean many, Bounds.Pair now) {
    if (many && slot == now.floor()) {
      return leave(slot);
    }
    return countOver(slot) >= least ? leaveIfWorthIt(slot) : Async.DONE;
  }

  private CompletionStage<Void> leaveIfWorthIt(long slot) {
    return live.readSlot(slot)
        .thenCompose(
            hints -> {
              long gone = hints.stream().filter(this::isKnown).count();
              return 2 * gone >= hints.size() ? leave(slot) : Async.DONE;
            });
  }

  /** Moves on what is live of a slot, once nobody who has not noticed can write into it. */
  CompletionStage<Void> leave(long slot) {
    return bounds
        .read(LiveHints.NAME)
        .thenCompose(
            now ->
                now.gate() > slot
                    ? Async.of(now.gate())
                    : bounds.raiseGate(LiveHints.NAME, slot + 1).thenApply(done -> slot + 1))
        .thenCompose(
            gate ->
                live.readSlot(slot)
                    .thenCompose(hints -> Async.every(hints, AT_A_TIME, hint -> moveOn(hint, gate)))
                    .thenCompose(done -> live.leave(slot))
                    .thenAccept(done -> forget(slot)));
  }

  /** A run that is not there will be confirmed by whoever is about to create it. */
  private CompletionStage<Void> moveOn(LiveHints.Hint hint, long gate) {
    return runs.find(hint.runId())
        .thenCompose(
            found -> {
              if (found.isEmpty()) {
                return Async.DONE;
              }
              if (found.get().record().status().isFinal()) {
                return ended.write(hint.runId(), hint.blueprintId());
              }
              return live.write(gate, hint).thenCompose(done -> live.confirm(gate, hint));
            });
  }

  /**
   * Slots in front that were left need not be looked at; who reads them notices, and begins anew.
   */
  private CompletionStage<Void> raiseFloor() {
    return bounds
        .read(LiveHints.NAME)
        .thenCompose(
            now ->
                now.floor() >= now.gate()
                    ? Async.of(false)
                    : live.isLeft(now.floor())
                        .thenCompose(gone -> gone ? pass(now.floor()) : Async.of(false)))
        .thenCompose(again -> again ? raiseFloor() : Async.DONE);
  }

  private CompletionStage<Boolean> pass(long slot) {
    return bounds
        .raiseFloor(LiveHints.NAME, slot + 1)
        .thenCompose(done -> live.drop(slot))
        .thenApply(done -> true);
  }
}
