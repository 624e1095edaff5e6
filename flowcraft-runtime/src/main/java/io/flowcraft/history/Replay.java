package io.flowcraft.history;

import io.flowcraft.event.FlowEvent;
import io.flowcraft.event.FlowEvent.ContextChanged;
import io.flowcraft.event.FlowEvent.NodeAwaiting;
import io.flowcraft.event.FlowEvent.NodeBypassed;
import io.flowcraft.event.FlowEvent.NodeFailed;
import io.flowcraft.event.FlowEvent.NodeFallback;
import io.flowcraft.event.FlowEvent.NodeFinished;
import io.flowcraft.event.FlowEvent.NodeStarted;
import io.flowcraft.event.FlowEvent.RunFinished;
import io.flowcraft.event.FlowEvent.RunPaused;
import io.flowcraft.event.FlowEvent.RunResumed;
import io.flowcraft.event.FlowEvent.RunStalled;
import io.flowcraft.node.NodeResult;
import io.flowcraft.run.NodeStatus;
import io.flowcraft.run.RunError;
import io.flowcraft.run.RunStatus;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A run on its way through its events. */
final class Replay {

  private static final String TIMER = "timer";

  /** The npm library keeps every output under the node's id and under this prefix with it. */
  private static final String OUTPUTS = "_outputs.";

  private final FlowEvent.Origin first;
  private final ReplayedNodes nodes = new ReplayedNodes();
  private final Map<String, @Nullable Object> context = new LinkedHashMap<>();
  private RunStatus status = RunStatus.RUNNING;

  /** What the run said of its failures when it ended; null while it goes on. */
  private @Nullable List<RunError> errorsAtEnd;

  Replay(FlowEvent.Origin first) {
    this.first = first;
  }

  /** What the event changes; most kinds only tell how it came to that. */
  void apply(FlowEvent event) {
    if (!event.origin().runId().equals(first.runId())) {
      return;
    }
    if (event instanceof NodeFinished finished) {
      NodeResult result = finished.result();
      nodes.finished(finished);
      output(finished.nodeId(), result.hasOutput(), result.output());
    } else if (event instanceof NodeFailed failed) {
      failed(failed);
    } else if (event instanceof NodeFallback fallback) {
      nodes.replaced(fallback);
      // The context has the output of the stand-in under the stand-in's own id only.
      output(fallback.nodeId(), true, null);
    } else if (event instanceof NodeStarted started) {
      nodes.become(started.nodeId(), started.iteration(), NodeStatus.RUNNING);
    } else if (event instanceof NodeAwaiting awaiting) {
      NodeStatus parked = awaiting.reason().equals(TIMER) ? NodeStatus.TIMER : NodeStatus.AWAITING;
      nodes.become(awaiting.nodeId(), awaiting.iteration(), parked);
    } else if (event instanceof NodeBypassed bypassed) {
      nodes.become(bypassed.nodeId(), bypassed.iteration(), NodeStatus.SKIPPED);
    } else if (event instanceof ContextChanged changed) {
      put(changed.key(), !changed.deleted(), changed.value());
    } else {
      applyToRun(event);
    }
  }

  private void applyToRun(FlowEvent event) {
    if (event instanceof RunResumed) {
      status = RunStatus.RUNNING;
      errorsAtEnd = null;
    } else if (event instanceof RunPaused) {
      status = RunStatus.AWAITING;
    } else if (event instanceof RunStalled) {
      status = RunStatus.STALLED;
    } else if (event instanceof RunFinished finished) {
      status = finished.status();
      errorsAtEnd = finished.errors();
    }
  }

  private void failed(NodeFailed event) {
    if (nodes.failed(event)) {
      output(event.nodeId(), false, null);
    }
  }

  private void output(String nodeId, boolean present, @Nullable Object output) {
    put(OUTPUTS + nodeId, present, output);
    put(nodeId, present, output);
  }

  private void put(String key, boolean present, @Nullable Object value) {
    if (present) {
      context.put(key, value);
    } else {
      context.remove(key);
    }
  }

  ReplayedRun result(int position) {
    return new ReplayedRun(
        first.runId(),
        first.blueprintId(),
        status,
        nodes.statuses(),
        nodes.outputs(),
        context,
        errorsAtEnd == null ? nodes.errors() : errorsAtEnd,
        position);
  }
}
