package io.flowcraft.history;

import io.flowcraft.error.FlowcraftException;
import io.flowcraft.event.FlowEvent;
import io.flowcraft.event.FlowEvent.NodeFinished;
import io.flowcraft.event.FlowEvent.RunFinished;
import io.flowcraft.event.FlowListener;
import io.flowcraft.node.NodeResult;
import io.flowcraft.spi.ContextStore;
import io.flowcraft.spi.Payload;
import io.flowcraft.spi.ProviderContext;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the events of runs into the history that the context store keeps of each.
 *
 * <p>It never holds up the engine: what can't be stored at once waits in memory, and what can't be
 * stored at all, after some attempts over a few seconds, is logged and lost. The events of a run
 * are stored in the order in which they were heard, behind those that are there already; several
 * processes may record the same run. Safe for use by many threads.
 */
public final class HistoryRecorder implements FlowListener, AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(HistoryRecorder.class);
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration KEPT_UNUSED = Duration.ofMinutes(10);
  private static final int OPENED_BETWEEN_SWEEPS = 1_024;

  private final ContextStore store;
  private final ProviderContext context;
  private final int writer;
  private final Map<String, RunLog> logs = new ConcurrentHashMap<>();
  private final AtomicInteger opened = new AtomicInteger();
  private final AtomicBoolean toldOfOddData = new AtomicBoolean();
  private volatile boolean closed;

  /**
   * A recorder. It closes neither the store nor anything in the context.
   *
   * @param store keeps the histories
   * @param context encodes events, and waits before it asks a failed store again
   * @param random tells this recorder from those of other processes
   */
  public HistoryRecorder(ContextStore store, ProviderContext context, RandomGenerator random) {
    this.store = store;
    this.context = context;
    this.writer = random.nextInt(1 << Numbering.WRITER_BITS);
  }

  /** Records an event; after {@link #close()} it does nothing. Never blocks, never throws. */
  @Override
  public void onEvent(FlowEvent event) {
    if (closed) {
      return;
    }
    try {
      record(event);
    } catch (RuntimeException e) {
      log.warn("{} of run {} is not recorded.", event.type(), event.origin().runId(), e);
    }
  }

  private void record(FlowEvent event) {
    RunLog.Event entry =
        new RunLog.Event(
            event.type(),
            event.origin().at().toEpochMilli(),
            Payload.of(encode(event), context.serializer()),
            event instanceof RunFinished);
    RunLog current = log(event.origin().runId());
    while (!current.offer(entry)) {
      forget(current);
      current = log(event.origin().runId());
    }
  }

  /** What an event holds beside outputs comes from user code, and nobody has checked it. */
  private Map<String, @Nullable Object> encode(FlowEvent event) {
    try {
      return EventJson.toMap(event);
    } catch (FlowcraftException e) {
      if (!(event instanceof NodeFinished finished)) {
        throw e;
      }
      if (toldOfOddData.compareAndSet(false, true)) {
        log.warn(
            "Node {} of run {} returned more than data: recorded are output and action only."
                + " This is not told again.",
            finished.nodeId(),
            event.origin().runId(),
            e);
      }
      return EventJson.toMap(bare(finished));
    }
  }

  private static NodeFinished bare(NodeFinished event) {
    NodeResult all = event.result();
    NodeResult kept = all.hasOutput() ? NodeResult.output(all.output()) : NodeResult.none();
    return new NodeFinished(
        event.origin(), event.nodeId(), event.iteration(), kept.withAction(all.action()));
  }

  private RunLog log(String runId) {
    RunLog known = logs.get(runId);
    if (known != null) {
      return known;
    }
    if (opened.incrementAndGet() % OPENED_BETWEEN_SWEEPS == 0) {
      sweep();
    }
    return logs.computeIfAbsent(runId, id -> new RunLog(id, store, context, writer, this::forget));
  }

  private void forget(RunLog retired) {
    logs.remove(retired.runId(), retired);
  }

  /** A run that ended in another process never says so here. */
  private void sweep() {
    long since = context.time().millis() - KEPT_UNUSED.toMillis();
    logs.values().removeIf(log -> log.retireIfUnusedSince(since));
  }

  /**
   * Completes when all events of a run that were heard before this call are stored; exceptionally
   * if some of them are lost.
   */
  public CompletionStage<Void> flush(String runId) {
    RunLog current = logs.get(runId);
    return current == null ? CompletableFuture.completedFuture(null) : current.flush();
  }

  /** Records no more, and waits up to ten seconds for what is not stored yet. */
  @Override
  public void close() {
    closed = true;
    CompletableFuture<?> stored =
        CompletableFuture.allOf(
            logs.values().stream().map(RunLog::flush).toArray(CompletableFuture<?>[]::new));
    try {
      stored.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (TimeoutException e) {
      log.error("The store did not take all events within {}; the rest is lost.", PATIENCE, e);
    } catch (ExecutionException e) {
      log.debug("Some events are lost, as was logged before.", e);
    }
  }
}
