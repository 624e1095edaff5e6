package io.flowcraft.examples.orders;

import io.flowcraft.event.FlowEvent;
import io.flowcraft.run.RunResult;
import io.flowcraft.runtime.FlowRuntime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What happened in each run, whichever process it happened in: the recorded histories. */
final class Journal {

  private final Map<String, List<FlowEvent>> events;

  private Journal(Map<String, List<FlowEvent>> events) {
    this.events = events;
  }

  /** Reads the histories of ended runs. */
  static Journal read(FlowRuntime runtime, List<RunResult> results) {
    Map<String, List<FlowEvent>> events = new LinkedHashMap<>();
    for (RunResult result : results) {
      events.put(result.runId(), runtime.history(result.runId()));
    }
    return new Journal(events);
  }

  int retries() {
    return (int)
        events.values().stream()
            .flatMap(List::stream)
            .filter(FlowEvent.NodeRetry.class::isInstance)
            .count();
  }

  List<FlowEvent> of(String runId) {
    return events.getOrDefault(runId, List.of());
  }
}
