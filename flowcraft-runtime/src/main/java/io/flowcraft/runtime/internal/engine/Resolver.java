package io.flowcraft.runtime.internal.engine;

import io.flowcraft.blueprint.NodeDefinition;
import io.flowcraft.error.ErrorCode;
import io.flowcraft.error.FlowcraftException;
import io.flowcraft.event.FlowEvent;
import io.flowcraft.json.BlueprintJson;
import io.flowcraft.node.NodeResult;
import io.flowcraft.run.NodeStatus;
import io.flowcraft.run.RunError;
import io.flowcraft.runtime.internal.graph.GraphNode;
import io.flowcraft.runtime.internal.graph.Instance;
import io.flowcraft.runtime.internal.kernel.Arrivals;
import io.flowcraft.runtime.internal.kernel.Router;
import io.flowcraft.runtime.internal.kernel.RoutingObserver;
import io.flowcraft.spi.Arrival;
import io.flowcraft.spi.EdgeDecision;
import io.flowcraft.spi.EdgeState;
import io.flowcraft.spi.JoinSpec;
import io.flowcraft.spi.Payload;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns what a node returned, or how it failed, into a {@link Resolution}. */
final class Resolver {

  /** The arrival that starts a stand-in; no edge of a blueprint has this name. */
  static final String STAND_IN = "!";

  /** The arrival that starts an added node. */
  static final String ADDED = "+";

  private final Services services;

  Resolver(Services services) {
    this.services = services;
  }

  /** A node has a result. */
  Resolution success(ExecutionContext context, NodeResult result, long startedAt) {
    RunFrame frame = context.frame();
    Instance instance = context.instance();
    List<EdgeDecision> routing =
        services
            .router()
            .route(instance, result, new ContextScope(context, result), observer(frame, instance));
    reportNoEdge(frame, instance, result, routing);
    List<NodeDefinition> added = result.dynamicNodes();
    GraphNode gather = added.isEmpty() ? null : gather(frame, instance, result);
    Map<String, @Nullable Object> detail =
        added.isEmpty() ? null : describe(context, added, gather);
    Arrivals arrivals = Arrivals.of(frame.graph(), instance, routing, false, gather);
    if (detail != null) {
      arrivals = withAdded(frame, instance, added, detail, arrivals);
    }
    return new Resolution(
        instance,
        NodeStatus.COMPLETED,
        result,
        result.hasOutput() ? services.values().payload(result.output()) : null,
        routing,
        withBarrier(frame, instance, EdgeState.TAKEN, arrivals),
        gather,
        null,
        false,
        detail,
        context.writes(),
        context.attempt(),
        startedAt);
  }

  /** A node failed, after all attempts: another one stands in, or its edges are dead. */
  Resolution failure(ExecutionContext context, RunError error, long startedAt) {
    Instance instance = context.instance();
    GraphNode standIn = error.fatal() ? null : instance.node().fallback();
    Barrier barrier = context.frame().barrier(instance);
    boolean tolerated = standIn == null && barrier != null && barrier.tolerant();
    List<EdgeDecision> routing = standIn == null ? Router.all(instance, EdgeState.DEAD) : List.of();
    Map<String, @Nullable Object> detail = new LinkedHashMap<>();
    detail.put(Detail.ERROR, Detail.error(error));
    if (tolerated) {
      detail.put(Detail.TOLERATED, true);
    }
    NodeStatus status = standIn == null ? NodeStatus.FAILED : NodeStatus.REPLACED;
    return new Resolution(
        instance,
        status,
        null,
        null,
        routing,
        arrivals(context.frame(), instance, status, routing, detail),
        null,
        error,
        tolerated,
        detail,
        context.writes(),
        context.attempt(),
        startedAt);
  }

  /** A node is not run. */
  Resolution skip(RunFrame frame, Instance instance, boolean dead) {
    EdgeState state = dead ? EdgeState.DEAD : EdgeState.SKIPPED;
    List<EdgeDecision> routing = Router.all(instance, state);
    Map<String, @Nullable Object> detail = dead ? Map.of(Detail.DEAD, true) : null;
    return new Resolution(
        instance,
        NodeStatus.SKIPPED,
        null,
        null,
        routing,
        arrivals(frame, instance, NodeStatus.SKIPPED, routing, detail),
        null,
        null,
        false,
        detail,
        Map.of(),
        0,
        services.time().millis());
  }

  /** What a recorded outcome means for the joins: the same as when it was decided. */
  Arrivals arrivals(
      RunFrame frame,
      Instance instance,
      NodeStatus status,
      List<EdgeDecision> routing,
      @Nullable Map<String, @Nullable Object> detail) {
    GraphNode gather = null;
    Map<String, @Nullable Object> known = detail == null ? Map.of() : detail;
    if (known.get(Detail.GATHER) instanceof String id) {
      gather = frame.graph().node(id);
    }
    boolean replaced = status == NodeStatus.REPLACED;
    Arrivals arrivals = Arrivals.of(frame.graph(), instance, routing, replaced, gather);
    GraphNode standIn = instance.node().fallback();
    if (replaced && standIn != null) {
      Instance target = standIn.at(instance.path().standIn(instance.node()));
      return arrivals.with(
          new Arrival(target.key(), STAND_IN, EdgeState.TAKEN, JoinSpec.SINGLE), target);
    }
    arrivals = withAdded(frame, instance, AddedNodes.read(instance, known), known, arrivals);
    boolean dead = status == NodeStatus.FAILED && !known.containsKey(Detail.TOLERATED);
    return withBarrier(frame, instance, dead ? EdgeState.DEAD : EdgeState.TAKEN, arrivals);
  }

  private RoutingObserver observer(RunFrame frame, Instance instance) {
    if (!services.events().isHeard()) {
      return RoutingObserver.NONE;
    }
    return (edge, result) -> {
      FlowEvent.Origin origin = frame.origin(services.time());
      services.events().emit(new FlowEvent.EdgeEvaluated(origin, edge.definition(), result));
      if (!result) {
        String source = instance.node().id();
        services.events().emit(new FlowEvent.EdgeSkipped(origin, source, edge.definition()));
      }
    };
  }

  private void reportNoEdge(
      RunFrame frame, Instance instance, NodeResult result, List<EdgeDecision> routing) {
    if (routing.isEmpty() || !services.events().isHeard()) {
      return;
    }
    for (EdgeDecision decision : routing) {
      if (decision.state() == EdgeState.TAKEN) {
        return;
      }
    }
    services
        .events()
        .emit(
            new FlowEvent.NoEdgeSelected(
                frame.origin(services.time()),
                instance.node().id(),
                instance.path().text(),
                result.action()));
  }

  private static @Nullable GraphNode gather(RunFrame frame, Instance instance, NodeResult result) {
    if (result.output() instanceof Map<?, ?> output
        && output.get("gatherNodeId") instanceof String id) {
      GraphNode gather = frame.graph().node(id);
      boolean linked =
          gather != null
              && instance.node().out().stream().anyMatch(edge -> edge.target() == gather);
      return linked ? gather : null;
    }
    return null;
  }

  private Map<String, @Nullable Object> describe(
      ExecutionContext context, List<NodeDefinition> added, @Nullable GraphNode gather) {
    int limit = services.settings().maxFanOut();
    if (added.size() > limit) {
      throw new FlowcraftException(
          ErrorCode.FAN_OUT_LIMIT,
          "Node '"
              + context.nodeId()
              + "' would add "
              + added.size()
              + " nodes; at most "
              + limit
              + " are allowed. Split the work, or raise the limit.",
          null,
          true);
    }
    Map<String, @Nullable Object> detail = new LinkedHashMap<>();
    Map<String, @Nullable Object> batch = context.batch();
    if (batch == null) {
      AddedNodes.claim(context, added);
      detail.put(Detail.NODES, added.stream().map(BlueprintJson::toMap).toList());
    } else {
      detail.put(Detail.BATCH, batch);
    }
    if (gather != null) {
      detail.put(Detail.GATHER, gather.id());
    }
    return detail;
  }

  /** Makes the added nodes known and lets them start, before the static successors. */
  private static Arrivals withAdded(
      RunFrame frame,
      Instance instance,
      List<NodeDefinition> definitions,
      Map<String, @Nullable Object> detail,
      Arrivals arrivals) {
    if (definitions.isEmpty()) {
      return arrivals;
    }
    Barrier barrier = AddedNodes.barrier(frame, instance, detail, definitions.size());
    List<Instance> targets = new ArrayList<>(definitions.size());
    for (NodeDefinition definition : definitions) {
      targets.add(AddedNodes.register(frame, instance, definition, barrier));
    }
    return arrivals.after(Lanes.first(targets, barrier), ADDED);
  }

  private static Arrivals withBarrier(
      RunFrame frame, Instance instance, EdgeState state, Arrivals arrivals) {
    if (frame.hasNoBarriers()) {
      return arrivals;
    }
    // Whoever waits for an added node waits for its stand-in, too.
    Instance awaited =
        instance.path().standsInFor() == null
            ? instance
            : instance.origin().at(instance.path().place());
    Barrier barrier = frame.barrier(awaited);
    if (barrier == null) {
      return arrivals;
    }
    Arrivals all = Lanes.withNext(frame, awaited, barrier, arrivals);
    if (barrier.gather() == null) {
      return all;
    }
    Instance creator = barrier.creator();
    return all.with(
        new Arrival(creator.barrierKey(), awaited.key(), state, barrier.join()), creator);
  }

  @Nullable Payload detailPayload(@Nullable Map<String, @Nullable Object> detail) {
    return detail == null || detail.isEmpty() ? null : services.values().payload(detail);
  }
}
