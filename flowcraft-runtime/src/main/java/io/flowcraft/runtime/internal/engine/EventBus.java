package io.flowcraft.runtime.internal.engine;

import io.flowcraft.event.FlowEvent;
import io.flowcraft.event.FlowListener;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells listeners what happens; a listener's failure is the listener's alone. */
final class EventBus {

  private static final Logger log = LoggerFactory.getLogger(EventBus.class);

  private final FlowListener[] listeners;

  EventBus(List<FlowListener> listeners) {
    this.listeners = listeners.toArray(new FlowListener[0]);
  }

  /** Whether anybody listens; if not, no event needs to be made. */
  boolean isHeard() {
    return listeners.length > 0;
  }

  void emit(FlowEvent event) {
    for (FlowListener listener : listeners) {
      try {
        listener.onEvent(event);
      } catch (RuntimeException | Error e) {
        log.warn("A listener failed on {} of run {}.", event.type(), event.origin().runId(), e);
      }
    }
  }
}
