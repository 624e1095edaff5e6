package io.flowcraft.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowcraft.event.FlowEvent.NodeRetry;
import io.flowcraft.json.JsonSerializer;
import io.flowcraft.spi.ContextStore;
import io.flowcraft.spi.HistoryEntry;
import io.flowcraft.spi.ProviderContext;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class HistoryRecorderThreadsTest {

  private static final int THREADS = 4;
  private static final int EVENTS = 2_000;

  private final List<HistoryEntry> stored = Collections.synchronizedList(new ArrayList<>());
  private final ExecutorService pool = Executors.newFixedThreadPool(THREADS + 2);
  private final AtomicInteger underWay = new AtomicInteger();
  private final AtomicInteger mostUnderWay = new AtomicInteger();

  /** A store that answers on other threads, as backends do. */
  private ContextStore remote() {
    return (ContextStore)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {ContextStore.class},
            (proxy, method, arguments) ->
                method.getName().equals("append") ? append(arguments[1]) : history());
  }

  private CompletionStage<List<HistoryEntry>> history() {
    return CompletableFuture.supplyAsync(() -> List.copyOf(stored), pool);
  }

  @SuppressWarnings("unchecked") // as the method is declared
  private CompletionStage<Void> append(Object entries) {
    mostUnderWay.accumulateAndGet(underWay.incrementAndGet(), Math::max);
    return CompletableFuture.runAsync(
        () -> {
          stored.addAll((List<HistoryEntry>) entries);
          underWay.decrementAndGet();
        },
        pool);
  }

  @Test
  void whatManyThreadsTellIsAllStoredInTheOrderOfEach() throws Exception {
    ProviderContext context =
        new ProviderContext(Map.of(), new JsonSerializer(), new ManualTime(), pool);
    try (HistoryRecorder recorder = new HistoryRecorder(remote(), context, new Random(1))) {
      List<Future<?>> tellers = new ArrayList<>();
      for (int thread = 0; thread < THREADS; thread++) {
        String nodeId = "n" + thread;
        tellers.add(pool.submit(() -> tell(recorder, nodeId)));
      }
      for (Future<?> teller : tellers) {
        teller.get(20, TimeUnit.SECONDS);
      }
      recorder.flush(Events.ORIGIN.runId()).toCompletableFuture().get(20, TimeUnit.SECONDS);

      assertThat(stored).extracting(HistoryEntry::sequence).isSorted().doesNotHaveDuplicates();
      List<NodeRetry> events =
          stored.stream().map(entry -> (NodeRetry) EventJson.read(entry.body().value())).toList();
      assertThat(events).hasSize(THREADS * EVENTS);
      for (int thread = 0; thread < THREADS; thread++) {
        String nodeId = "n" + thread;
        assertThat(events.stream().filter(event -> event.nodeId().equals(nodeId)))
            .extracting(NodeRetry::attempt)
            .isSorted();
      }
      assertThat(mostUnderWay).hasValue(1);
    } finally {
      pool.shutdownNow();
    }
  }

  private static void tell(HistoryRecorder recorder, String nodeId) {
    for (int i = 0; i < EVENTS; i++) {
      recorder.onEvent(new NodeRetry(Events.ORIGIN, nodeId, "", i, "again"));
    }
  }
}
