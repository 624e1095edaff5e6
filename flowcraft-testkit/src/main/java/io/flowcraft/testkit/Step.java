package io.flowcraft.testkit;

import io.flowcraft.event.FlowEvent;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Waits for the next node of a run that comes to its end or to rest. */
final class Step {

  private final String runId;
  private final RecordingListener listener;
  private int seen;
  private @Nullable String begun;
  private @Nullable String ended;

  Step(String runId, RecordingListener listener) {
    this.runId = runId;
    this.listener = listener;
    this.seen = listener.size();
  }

  /** Whether a node has come to its end or to rest. */
  boolean isOver() {
    List<FlowEvent> fresh = listener.since(seen);
    if (ended != null || fresh.isEmpty()) {
      return ended != null;
    }
    seen += fresh.size();
    List<FlowEvent> family = Trace.family(listener.events(), runId);
    for (FlowEvent event : fresh) {
      if (ended == null && family.contains(event)) {
        ended = Steps.ended(event).orElse(null);
        begun = Steps.begun(event).orElse(begun);
      }
    }
    return ended != null;
  }

  /** The node; one that has begun if none has ended. */
  Optional<String> node() {
    return Optional.ofNullable(ended == null ? begun : ended);
  }
}
