package io.flowcraft.history;

import io.flowcraft.blueprint.EdgeDefinition;
import io.flowcraft.blueprint.InputMapping;
import io.flowcraft.blueprint.Join;
import io.flowcraft.blueprint.NodeConfig;
import io.flowcraft.blueprint.NodeDefinition;
import io.flowcraft.blueprint.Retry;
import io.flowcraft.blueprint.SourceLocation;
import io.flowcraft.error.ErrorCode;
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
import io.flowcraft.event.FlowEvent.Origin;
import io.flowcraft.event.FlowEvent.RunFinished;
import io.flowcraft.event.FlowEvent.RunPaused;
import io.flowcraft.event.FlowEvent.RunResumed;
import io.flowcraft.event.FlowEvent.RunStalled;
import io.flowcraft.event.FlowEvent.RunStarted;
import io.flowcraft.node.NodeResult;
import io.flowcraft.run.RunError;
import io.flowcraft.run.RunStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Events for tests: every kind, with everything that it can hold and with as little as it can. */
final class Events {

  static final Origin ORIGIN =
      new Origin("run", "order", null, Instant.parse("2026-11-23T10:00:00.123456789Z"));
  static final Origin CHILD =
      new Origin("run/pay", "payment", "run", Instant.parse("2026-11-23T10:00:01Z"));

  private static final RunError FAILURE =
      new RunError(
          ErrorCode.NODE_FAILED,
          "pay",
          "Node 'pay' execution failed",
          List.of("no answer", "connection reset"),
          "java.io.IOException",
          true);
  private static final RunError CANCELLED =
      new RunError(ErrorCode.CANCELLED, null, "Workflow cancelled", List.of(), null, false);

  private static final EdgeDefinition PLAIN = EdgeDefinition.of("a", "b");
  private static final EdgeDefinition FULL =
      new EdgeDefinition(
          "a", "b", "ok", "result.x > 1", "input.y", new SourceLocation("order.ts", 12, 3));

  private static final NodeDefinition ADDED =
      new NodeDefinition(
          "added",
          "work",
          Map.of("list", List.of(1, 2.5, "x"), "map", Map.of("deep", true)),
          InputMapping.from(Map.of("in", "a.b")),
          new NodeConfig(
              Retry.exponential(Duration.ofMillis(10)).maxAttempts(4).jitter(0.5),
              Duration.ofSeconds(3),
              "instead",
              Join.atLeast(2)),
          new SourceLocation("order.ts", 1, 1));

  private Events() {}

  static List<FlowEvent> everyKind() {
    return List.of(
        new RunStarted(ORIGIN),
        new RunStarted(CHILD),
        new RunResumed(ORIGIN),
        new RunPaused(ORIGIN),
        new RunStalled(ORIGIN, 3),
        new RunFinished(ORIGIN, RunStatus.COMPLETED, List.of()),
        new RunFinished(CHILD, RunStatus.FAILED, List.of(FAILURE, CANCELLED)),
        new NodeStarted(ORIGIN, "a", "", false, null),
        new NodeStarted(ORIGIN, "a", "pages#3/!b", true, null),
        new NodeStarted(ORIGIN, "a", "pages#3", true, data()),
        new NodeFinished(ORIGIN, "a", "", NodeResult.none()),
        new NodeFinished(ORIGIN, "a", "", NodeResult.output(null)),
        new NodeFinished(ORIGIN, "a", "pages#0", fullResult()),
        new NodeAwaiting(ORIGIN, "a", "", "external_event", null),
        new NodeAwaiting(ORIGIN, "a", "", "timer", Instant.parse("2027-01-01T00:00:00.5Z")),
        new NodeFailed(ORIGIN, "pay", "", FAILURE),
        new NodeFailed(ORIGIN, "pay", "pages#1", CANCELLED),
        new NodeFallback(ORIGIN, "pay", "pages#1", "invoice"),
        new NodeRetry(ORIGIN, "pay", "", 2, "no answer"),
        new EdgeSkipped(ORIGIN, "a", PLAIN),
        new EdgeSkipped(CHILD, "a", FULL),
        new NodeBypassed(ORIGIN, "a", "", "a node before it failed"),
        new EdgeEvaluated(ORIGIN, FULL, true),
        new EdgeEvaluated(ORIGIN, PLAIN, false),
        new NoEdgeSelected(ORIGIN, "a", "", null),
        new NoEdgeSelected(ORIGIN, "a", "pages#1", "ok"),
        new ContextChanged(ORIGIN, "a", "key", true, null),
        new ContextChanged(ORIGIN, "a", "key", false, null),
        new ContextChanged(ORIGIN, "a", "key", false, data()),
        new BatchStarted(ORIGIN, "batch", "batch_scatter", List.of("w1", "w2")),
        new BatchStarted(ORIGIN, "batch", "batch_scatter", List.of()),
        new BatchFinished(ORIGIN, "batch", "batch_gather", Arrays.asList(1, null, data())));
  }

  private static NodeResult fullResult() {
    return NodeResult.output(data())
        .withAction("ok")
        .withDynamicNodes(List.of(ADDED, NodeDefinition.of("plain", "work")))
        .with("score", 17L << 40)
        .with("nothing", null);
  }

  private static Map<String, Object> data() {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("text", "ä \"quoted\"");
    data.put("number", 1.5);
    data.put("null", null);
    data.put("list", Arrays.asList(1, null, List.of()));
    data.put("map", Map.of("yes", true));
    return Collections.unmodifiableMap(data);
  }
}
