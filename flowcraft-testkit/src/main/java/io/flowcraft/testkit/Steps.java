package io.flowcraft.testkit;

import io.flowcraft.event.FlowEvent;
import java.util.Optional;

/** Which node an event moves. */
final class Steps {

  private Steps() {}

  /** The node that came to its end or to rest. */
  static Optional<String> ended(FlowEvent event) {
    if (event instanceof FlowEvent.NodeFinished e) {
      return Optional.of(e.nodeId());
    } else if (event instanceof FlowEvent.NodeFailed e) {
      return Optional.of(e.nodeId());
    } else if (event instanceof FlowEvent.NodeFallback e) {
      return Optional.of(e.nodeId());
    } else if (event instanceof FlowEvent.NodeAwaiting e) {
      return Optional.of(e.nodeId());
    }
    return Optional.empty();
  }

  /** The node that began. */
  static Optional<String> begun(FlowEvent event) {
    return event instanceof FlowEvent.NodeStarted e ? Optional.of(e.nodeId()) : Optional.empty();
  }
}
