package io.flowcraft.event;

import io.flowcraft.blueprint.EdgeDefinition;
import io.flowcraft.node.NodeResult;
import io.flowcraft.run.RunError;
import io.flowcraft.run.RunStatus;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Something that happened in a run. The {@link #type()} is the name that the npm library gives. */
public sealed interface FlowEvent {

  /** Which run, which blueprint, when. */
  Origin origin();

  /** The stable name of the kind of event. */
  String type();

  /**
   * Where and when something happened.
   *
   * @param runId the run
   * @param blueprintId the blueprint
   * @param parentRunId the run that this one is a child of; null for none
   * @param at when
   */
  record Origin(String runId, String blueprintId, @Nullable String parentRunId, Instant at) {}

  /** A run began. */
  record RunStarted(Origin origin) implements FlowEvent {
    @Override
    public String type() {
      return "workflow:start";
    }
  }

  /** A parked or ended run goes on. */
  record RunResumed(Origin origin) implements FlowEvent {
    @Override
    public String type() {
      return "workflow:resume";
    }
  }

  /** Nothing runs any more; timers or the outside are waited for. */
  record RunPaused(Origin origin) implements FlowEvent {
    @Override
    public String type() {
      return "workflow:pause";
    }
  }

  /** A run stopped with work left. */
  record RunStalled(Origin origin, int remainingNodes) implements FlowEvent {
    @Override
    public String type() {
      return "workflow:stall";
    }
  }

  /** A run reached a final status. */
  record RunFinished(Origin origin, RunStatus status, List<RunError> errors) implements FlowEvent {
    @Override
    public String type() {
      return "workflow:finish";
    }
  }

  /** A node begins; the input is null if there is none. */
  record NodeStarted(
      Origin origin, String nodeId, String iteration, boolean hasInput, @Nullable Object input)
      implements FlowEvent {
    @Override
    public String type() {
      return "node:start";
    }
  }

  /** A node has a result. */
  record NodeFinished(Origin origin, String nodeId, String iteration, NodeResult result)
      implements FlowEvent {
    @Override
    public String type() {
      return "node:finish";
    }
  }

  /**
   * A node is parked: until a time, until the outside answers, or until a child run ends.
   *
   * @param reason {@code timer}, {@code external_event} or {@code subflow}
   * @param wakeUpAt until when at the latest; null for ever
   */
  record NodeAwaiting(
      Origin origin, String nodeId, String iteration, String reason, @Nullable Instant wakeUpAt)
      implements FlowEvent {
    @Override
    public String type() {
      return "node:await";
    }
  }

  /** A node failed, after all its attempts. */
  record NodeFailed(Origin origin, String nodeId, String iteration, RunError error)
      implements FlowEvent {
    @Override
    public String type() {
      return "node:error";
    }
  }

  /** Another node stands in for a failed one. */
  record NodeFallback(Origin origin, String nodeId, String iteration, String fallback)
      implements FlowEvent {
    @Override
    public String type() {
      return "node:fallback";
    }
  }

  /** An attempt failed and another one follows. */
  record NodeRetry(Origin origin, String nodeId, String iteration, int attempt, String message)
      implements FlowEvent {
    @Override
    public String type() {
      return "node:retry";
    }
  }

  /** The condition of an edge was false: the source node's edge is not followed. */
  record EdgeSkipped(Origin origin, String nodeId, EdgeDefinition edge) implements FlowEvent {
    @Override
    public String type() {
      return "node:skipped";
    }
  }

  /** A node is not run because its join could not be satisfied. */
  record NodeBypassed(Origin origin, String nodeId, String iteration, String reason)
      implements FlowEvent {
    @Override
    public String type() {
      return "node:bypass";
    }
  }

  /** A condition was evaluated. */
  record EdgeEvaluated(Origin origin, EdgeDefinition edge, boolean result) implements FlowEvent {
    @Override
    public String type() {
      return "edge:evaluate";
    }
  }

  /** A node with outgoing edges selected none of them. */
  record NoEdgeSelected(Origin origin, String nodeId, String iteration, @Nullable String action)
      implements FlowEvent {
    @Override
    public String type() {
      return "edge:none";
    }
  }

  /** A context entry was committed. */
  record ContextChanged(
      Origin origin, String nodeId, String key, boolean deleted, @Nullable Object value)
      implements FlowEvent {
    @Override
    public String type() {
      return "context:change";
    }
  }

  /** A batch starts its workers. */
  record BatchStarted(Origin origin, String batchId, String scatterNodeId, List<String> workerIds)
      implements FlowEvent {
    @Override
    public String type() {
      return "batch:start";
    }
  }

  /** A batch has all its results. */
  record BatchFinished(
      Origin origin, String batchId, String gatherNodeId, List<@Nullable Object> results)
      implements FlowEvent {
    @Override
    public String type() {
      return "batch:finish";
    }
  }
}
