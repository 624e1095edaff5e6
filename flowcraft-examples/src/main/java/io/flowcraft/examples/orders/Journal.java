package io.flowcraft.examples.orders;

import io.flowcraft.event.FlowEvent;
import io.flowcraft.event.FlowListener;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Remembers what happened in each run. Called from the engine's threads. */
final class Journal implements FlowListener {

  private final Map<String, List<FlowEvent>> events = new ConcurrentHashMap<>();
  private final AtomicInteger retries = new AtomicInteger();

  @Override
  public void onEvent(FlowEvent event) {
    if (event instanceof FlowEvent.NodeRetry) {
      retries.incrementAndGet();
    }
    events
        .computeIfAbsent(event.origin().runId(), runId -> new CopyOnWriteArrayList<>())
        .add(event);
  }

  int retries() {
    return retries.get();
  }

  List<FlowEvent> of(String runId) {
    return events.getOrDefault(runId, List.of());
  }
}
