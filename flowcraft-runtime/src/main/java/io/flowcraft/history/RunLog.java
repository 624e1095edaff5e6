package io.flowcraft.history;

import io.flowcraft.spi.ContextStore;
import io.flowcraft.spi.HistoryEntry;
import io.flowcraft.spi.Payload;
import io.flowcraft.spi.ProviderContext;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores the events of one run, in their order: one append at a time, and what comes meanwhile
 * together in the next one.
 *
 * <p>Whoever hands over an event while nobody is at work does the work, as far as it goes without
 * waiting; the backend's answer then carries it on. The state of the work belongs to whoever is at
 * it; everything else is guarded by the monitor.
 */
final class RunLog implements Runnable {

  /** An event without its number. */
  record Event(String type, long atMillis, Payload body, boolean last) {}

  private record Waiter(long upTo, CompletableFuture<Void> stored) {}

  private static final Logger log = LoggerFactory.getLogger(RunLog.class);
  private static final int MAX_BATCH = 256;
  private static final int ATTEMPTS = 6;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);

  private final String runId;
  private final ContextStore store;
  private final ProviderContext context;
  private final int writer;
  private final Consumer<RunLog> onRetired;

  private final Queue<Event> waiting = new ArrayDeque<>();
  private final Queue<Waiter> waiters = new ArrayDeque<>();
  private long offered;
  private long settled;
  private long lastAtMillis;
  private boolean ended;
  private boolean busy;
  private boolean retired;

  private @Nullable Numbering numbering;
  private List<HistoryEntry> batch = List.of();
  private int failures;

  RunLog(
      String runId,
      ContextStore store,
      ProviderContext context,
      int writer,
      Consumer<RunLog> onRetired) {
    this.runId = runId;
    this.store = store;
    this.context = context;
    this.writer = writer;
    this.onRetired = onRetired;
  }

  String runId() {
    return runId;
  }

  /** Takes an event; false if this log has retired, and another one is to take it. */
  boolean offer(Event event) {
    synchronized (this) {
      if (retired) {
        return false;
      }
      waiting.add(event);
      offered++;
      ended = event.last();
      lastAtMillis = event.atMillis();
      if (busy) {
        return true;
      }
      busy = true;
    }
    run();
    return true;
  }

  /** Completes when the events up to now are stored; exceptionally if some of them are lost. */
  synchronized CompletableFuture<Void> flush() {
    CompletableFuture<Void> stored = new CompletableFuture<>();
    if (settled == offered) {
      stored.complete(null);
    } else {
      waiters.add(new Waiter(offered, stored));
    }
    return stored;
  }

  /** Retires if nothing has happened since a time and nothing is left to do. */
  synchronized boolean retireIfUnusedSince(long millis) {
    retired = retired || (!busy && lastAtMillis < millis);
    return retired;
  }

  /** Works until there is nothing to do, or something to wait for. */
  @Override
  public void run() {
    boolean goOn = true;
    while (goOn) {
      CompletableFuture<Void> answer = ask();
      goOn = answer != null && (answer.isDone() ? answered(answer) : later(answer));
    }
  }

  /** The next question to the store; null if there is none. */
  private @Nullable CompletableFuture<Void> ask() {
    if (numbering == null) {
      return ask(() -> store.history(runId).thenAccept(this::goOnBehind));
    }
    if (batch.isEmpty() && !take(numbering)) {
      return null;
    }
    return ask(() -> store.append(runId, batch));
  }

  private static CompletableFuture<Void> ask(Supplier<CompletionStage<Void>> question) {
    try {
      return question.get().toCompletableFuture();
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private void goOnBehind(List<HistoryEntry> earlier) {
    long last = earlier.isEmpty() ? -1 : earlier.get(earlier.size() - 1).sequence();
    numbering = new Numbering(writer, last);
  }

  /** Takes what waits as the next batch; without any, the work is done. */
  private boolean take(Numbering numbers) {
    synchronized (this) {
      if (!waiting.isEmpty()) {
        batch = new ArrayList<>();
        while (!waiting.isEmpty() && batch.size() < MAX_BATCH) {
          Event event = waiting.remove();
          long sequence = numbers.next(event.atMillis());
          batch.add(new HistoryEntry(sequence, event.atMillis(), event.type(), event.body()));
        }
        return true;
      }
      busy = false;
      retired = retired || ended;
      if (!retired) {
        return false;
      }
    }
    onRetired.accept(this);
    return false;
  }

  private boolean later(CompletableFuture<Void> answer) {
    CompletableFuture<Void> unused =
        answer.whenComplete(
            (done, error) ->
                execute(
                    () -> {
                      if (answered(answer)) {
                        run();
                      }
                    }));
    return false;
  }

  /** Backends answer on threads that are not there for our work. */
  private void execute(Runnable task) {
    try {
      context.executor().execute(task);
    } catch (RejectedExecutionException e) {
      task.run();
    }
  }

  /** The store has answered; whether to go on at once. */
  private boolean answered(CompletableFuture<Void> answer) {
    try {
      answer.join();
    } catch (RuntimeException e) {
      return failed(e instanceof CompletionException && e.getCause() != null ? e.getCause() : e);
    }
    failures = 0;
    if (!batch.isEmpty()) {
      settle(null);
    }
    return true;
  }

  /** Asks again after a pause, which is safe; not for ever, as events pile up meanwhile. */
  private boolean failed(Throwable error) {
    failures++;
    if (failures < ATTEMPTS) {
      try {
        context
            .time()
            .schedule(FIRST_PAUSE.multipliedBy(1L << (failures - 1)), () -> execute(this));
        return false;
      } catch (RuntimeException closed) {
        error.addSuppressed(closed);
      }
    }
    failures = 0;
    if (numbering == null) {
      log.warn("The history of run {} can't be read; what comes is put behind it.", runId, error);
      numbering = new Numbering(writer, -1);
    } else {
      log.error("{} events of run {} could not be stored.", batch.size(), runId, error);
      settle(error);
    }
    return true;
  }

  private void settle(@Nullable Throwable error) {
    List<CompletableFuture<Void>> done = new ArrayList<>();
    synchronized (this) {
      settled += batch.size();
      batch = List.of();
      for (Waiter next = waiters.peek();
          next != null && next.upTo() <= settled;
          next = waiters.peek()) {
        done.add(waiters.remove().stored());
      }
    }
    for (CompletableFuture<Void> stored : done) {
      if (error == null) {
        stored.complete(null);
      } else {
        stored.completeExceptionally(error);
      }
    }
  }
}
