package io.flowcraft.testkit;

import io.flowcraft.event.FlowEvent;
import io.flowcraft.event.FlowEvent.BatchFinished;
import io.flowcraft.event.FlowEvent.BatchStarted;
import io.flowcraft.event.FlowEvent.ContextChanged;
import io.flowcraft.event.FlowEvent.EdgeEvaluated;
import io.flowcraft.event.FlowEvent.EdgeSkipped;
import io.flowcraft.event.FlowEvent.NoEdgeSelected;
import io.flowcraft.event.FlowEvent.NodeAwaiting;
import io.flowcraft.event.FlowEvent.NodeBypassed;
import io.flowcraft.event.FlowEvent.NodeFailed;
import io.flowcraft.event.FlowEvent.NodeFallback;
import io.flowcraft.event.FlowEvent.NodeFinished;
import io.flowcraft.event.FlowEvent.NodeRetry;
import io.flowcraft.event.FlowEvent.NodeStarted;
import io.flowcraft.event.FlowEvent.RunFinished;
import io.flowcraft.event.FlowEvent.RunPaused;
import io.flowcraft.event.FlowEvent.RunResumed;
import io.flowcraft.event.FlowEvent.RunStalled;
import io.flowcraft.event.FlowEvent.RunStarted;
import io.flowcraft.node.NodeResult;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Events as lines for people: when, which node, what. */
final class Trace {

  /** Longer data is cut, so that a line stays a line. */
  private static final int MAX_DATA = 200;

  private Trace() {}

  /** The events of a run and of its child runs. */
  static List<FlowEvent> family(List<FlowEvent> events, String runId) {
    Set<String> members = new HashSet<>();
    members.add(runId);
    for (FlowEvent event : events) {
      String parent = event.origin().parentRunId();
      if (parent != null && members.contains(parent)) {
        members.add(event.origin().runId());
      }
    }
    return events.stream().filter(event -> members.contains(event.origin().runId())).toList();
  }

  /** One line for each event. */
  static String of(List<FlowEvent> events, String runId) {
    if (events.isEmpty()) {
      return "  (no events)";
    }
    Instant start = events.get(0).origin().at();
    StringBuilder lines = new StringBuilder();
    for (FlowEvent event : events) {
      if (lines.length() > 0) {
        lines.append('\n');
      }
      String child = event.origin().runId().equals(runId) ? "" : event.origin().blueprintId() + "/";
      lines
          .append("  ")
          .append(String.format("%-10s", since(start, event.origin().at())))
          .append(child)
          .append(line(event));
    }
    return lines.toString();
  }

  private static String since(Instant start, Instant at) {
    Duration time = Duration.between(start, at);
    StringBuilder text = new StringBuilder("+");
    if (time.toDays() > 0) {
      text.append(time.toDays()).append("d");
    }
    if (time.toHoursPart() > 0) {
      text.append(time.toHoursPart()).append("h");
    }
    if (time.toMinutesPart() > 0) {
      text.append(time.toMinutesPart()).append("m");
    }
    if (time.toMillisPart() > 0) {
      text.append(time.toSecondsPart() * 1000 + time.toMillisPart()).append("ms");
    } else if (time.toSecondsPart() > 0 || text.length() == 1) {
      text.append(time.toSecondsPart()).append("s");
    }
    return text.toString();
  }

  private static String line(FlowEvent event) {
    if (event instanceof NodeStarted e) {
      return node(e.nodeId(), e.iteration()) + " started" + (e.hasInput() ? data(e.input()) : "");
    } else if (event instanceof NodeFinished e) {
      return node(e.nodeId(), e.iteration()) + " finished" + result(e.result());
    } else if (event instanceof NodeAwaiting e) {
      String until = e.wakeUpAt() == null ? "" : " until " + e.wakeUpAt();
      return node(e.nodeId(), e.iteration()) + " waits for " + e.reason() + until;
    } else if (event instanceof NodeFailed e) {
      return node(e.nodeId(), e.iteration()) + " failed: " + e.error();
    } else if (event instanceof NodeFallback e) {
      return node(e.nodeId(), e.iteration()) + " is replaced by " + e.fallback();
    } else if (event instanceof NodeRetry e) {
      return node(e.nodeId(), e.iteration())
          + " failed attempt "
          + e.attempt()
          + ": "
          + e.message();
    } else if (event instanceof NodeBypassed e) {
      return node(e.nodeId(), e.iteration()) + " is skipped: " + e.reason();
    }
    return edgeOrRun(event);
  }

  private static String edgeOrRun(FlowEvent event) {
    if (event instanceof EdgeSkipped e) {
      return "edge " + e.edge().source() + " -> " + e.edge().target() + " not taken";
    } else if (event instanceof EdgeEvaluated e) {
      return "edge "
          + e.edge().source()
          + " -> "
          + e.edge().target()
          + (e.result() ? ": condition holds" : ": condition does not hold");
    } else if (event instanceof NoEdgeSelected e) {
      return node(e.nodeId(), e.iteration()) + " selects no edge" + action(e.action());
    } else if (event instanceof ContextChanged e) {
      return "context " + e.key() + (e.deleted() ? " deleted" : " ->" + data(e.value()));
    } else if (event instanceof BatchStarted e) {
      return "batch " + e.batchId() + " started with " + e.workerIds().size() + " workers";
    } else if (event instanceof BatchFinished e) {
      return "batch " + e.batchId() + " finished with " + e.results().size() + " results";
    }
    return run(event);
  }

  private static String run(FlowEvent event) {
    if (event instanceof RunStarted) {
      return "run started";
    } else if (event instanceof RunResumed) {
      return "run goes on";
    } else if (event instanceof RunPaused) {
      return "run pauses";
    } else if (event instanceof RunStalled e) {
      return "run stalled, " + e.remainingNodes() + " nodes left";
    } else if (event instanceof RunFinished e) {
      return "run is " + e.status() + (e.errors().isEmpty() ? "" : ": " + e.errors());
    }
    return event.type();
  }

  private static String node(String nodeId, String iteration) {
    return iteration.isEmpty() ? nodeId : nodeId + " @" + iteration;
  }

  private static String result(NodeResult result) {
    return (result.hasOutput() ? " ->" + data(result.output()) : "") + action(result.action());
  }

  private static String action(@Nullable String action) {
    return action == null ? "" : ", action " + action;
  }

  private static String data(@Nullable Object data) {
    String text = String.valueOf(data);
    return " " + (text.length() > MAX_DATA ? text.substring(0, MAX_DATA) + "..." : text);
  }
}
