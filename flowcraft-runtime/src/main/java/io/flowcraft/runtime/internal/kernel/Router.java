package io.flowcraft.runtime.internal.kernel;

import io.flowcraft.blueprint.BuiltIns;
import io.flowcraft.blueprint.EdgeDefinition;
import io.flowcraft.expression.Truth;
import io.flowcraft.node.NodeResult;
import io.flowcraft.runtime.internal.graph.GraphEdge;
import io.flowcraft.runtime.internal.graph.GraphNode;
import io.flowcraft.runtime.internal.graph.Instance;
import io.flowcraft.spi.EdgeDecision;
import io.flowcraft.spi.EdgeState;
import io.flowcraft.spi.Evaluator;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Decides the edges of a node that has a result. */
public final class Router {

  private final Evaluator evaluator;

  /** A router that asks an evaluator about conditions and transforms. */
  public Router(Evaluator evaluator) {
    this.evaluator = evaluator;
  }

  /**
   * Decides every edge.
   *
   * <p>With an action: the edges of that action whose condition holds; if there are none, or
   * without an action, the edges without action whose condition holds. A loop controller looks at
   * its conditional edges first.
   */
  public List<EdgeDecision> route(
      Instance instance, NodeResult result, RoutingScope scope, RoutingObserver observer) {
    List<GraphEdge> edges = OutEdges.of(instance);
    if (edges.isEmpty()) {
      return List.of();
    }
    if (edges.size() == 1 && isPlain(edges.get(0))) {
      return edges.get(0).takenAlone();
    }
    Set<GraphEdge> selected = select(instance, edges, result, scope, observer);
    List<EdgeDecision> decisions = new ArrayList<>(edges.size());
    for (GraphEdge edge : edges) {
      decisions.add(selected.contains(edge) ? taken(edge, scope) : edge.decided(EdgeState.SKIPPED));
    }
    return decisions;
  }

  /** Decides every edge of an instance alike: that was skipped, or has failed. */
  public static List<EdgeDecision> all(Instance instance, EdgeState state) {
    List<GraphEdge> edges = OutEdges.of(instance);
    if (edges.isEmpty()) {
      return List.of();
    }
    List<EdgeDecision> decisions = new ArrayList<>(edges.size());
    edges.forEach(edge -> decisions.add(edge.decided(state)));
    return decisions;
  }

  private static boolean isPlain(GraphEdge edge) {
    EdgeDefinition definition = edge.definition();
    return !definition.hasAction() && !definition.hasCondition() && !hasTransform(edge);
  }

  private static boolean hasTransform(GraphEdge edge) {
    String transform = edge.definition().transform();
    return transform != null && !transform.isEmpty();
  }

  private Set<GraphEdge> select(
      Instance instance,
      List<GraphEdge> edges,
      NodeResult result,
      RoutingScope scope,
      RoutingObserver observer) {
    Set<GraphEdge> selected = new HashSet<>();
    if (instance.node().isController()) {
      for (GraphEdge edge : edges) {
        if (edge.definition().hasCondition() && holds(edge, scope, observer)) {
          selected.add(edge);
        }
      }
      if (!selected.isEmpty()) {
        return selected;
      }
    }
    String action = result.action();
    if (action != null) {
      selectBy(action, edges, scope, observer, selected);
    }
    if (selected.isEmpty()) {
      selectBy(null, edges, scope, observer, selected);
    }
    return selected;
  }

  private void selectBy(
      @Nullable String action,
      List<GraphEdge> edges,
      RoutingScope scope,
      RoutingObserver observer,
      Set<GraphEdge> selected) {
    for (GraphEdge edge : edges) {
      EdgeDefinition definition = edge.definition();
      boolean candidate =
          action == null ? !definition.hasAction() : action.equals(definition.action());
      if (candidate && holds(edge, scope, observer)) {
        selected.add(edge);
      }
    }
  }

  private boolean holds(GraphEdge edge, RoutingScope scope, RoutingObserver observer) {
    String condition = edge.definition().condition();
    if (condition == null || condition.isEmpty() || joinsScatterAndGather(edge)) {
      return true;
    }
    boolean result = Truth.of(evaluator.evaluate(condition, scope.conditions()));
    observer.evaluated(edge, result);
    return result;
  }

  /** A gather follows its scatter unconditionally: it has nothing else to wait for. */
  private static boolean joinsScatterAndGather(GraphEdge edge) {
    GraphNode target = edge.target();
    return target != null
        && BuiltIns.BATCH_SCATTER.equals(edge.source().definition().uses())
        && target.id().equals(edge.source().definition().params().get("gatherNodeId"));
  }

  private EdgeDecision taken(GraphEdge edge, RoutingScope scope) {
    GraphNode target = edge.target();
    String transform = edge.definition().transform();
    if (target == null || transform == null || transform.isEmpty()) {
      return edge.decided(EdgeState.TAKEN);
    }
    Object input = scope.transformInput(edge.source(), target);
    Object value = evaluator.evaluate(transform, scope.transforms(input));
    return new EdgeDecision(edge.index(), EdgeState.TAKEN, true, scope.payload(value));
  }
}
