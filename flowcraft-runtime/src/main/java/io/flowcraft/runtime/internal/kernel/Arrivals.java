package io.flowcraft.runtime.internal.kernel;

import io.flowcraft.runtime.internal.graph.Graph;
import io.flowcraft.runtime.internal.graph.GraphEdge;
import io.flowcraft.runtime.internal.graph.GraphNode;
import io.flowcraft.runtime.internal.graph.Instance;
import io.flowcraft.runtime.internal.graph.Loop;
import io.flowcraft.runtime.internal.graph.Path;
import io.flowcraft.spi.Arrival;
import io.flowcraft.spi.EdgeDecision;
import io.flowcraft.spi.EdgeState;
import io.flowcraft.spi.JoinSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the decided edges of an instance mean for the joins behind them.
 *
 * <p>An edge that leaves a loop is not decided by one iteration that does not take it: another one
 * may. Such an edge arrives as skipped when the loop ends, which it does when its header goes on
 * into no body.
 */
public final class Arrivals {

  private final List<Arrival> arrivals;
  private final List<Instance> targets;

  private Arrivals(int size) {
    arrivals = new ArrayList<>(size);
    targets = new ArrayList<>(size);
  }

  private Arrivals(Arrival arrival, Instance target) {
    arrivals = List.of(arrival);
    targets = List.of(target);
  }

  /** Whether there is one edge, and neither loop nor stand-in nor added node has a say. */
  private static boolean isSimple(
      Instance instance, List<EdgeDecision> decisions, @Nullable GraphNode deferred) {
    GraphNode node = instance.node();
    return decisions.size() == 1
        && deferred == null
        && instance.path().isRoot()
        && node.isDeclared()
        && node.fallback() == null
        && node.out().size() == 1
        && node.out().get(0).isPlain();
  }

  private static Arrivals simple(Graph graph, EdgeDecision decision) {
    GraphEdge edge = graph.edge(decision.edge());
    GraphNode target = Objects.requireNonNull(edge.target());
    return new Arrivals(edge.rootArrival(decision.state()), target.rootInstance());
  }

  /** The arrivals, in the order of the blueprint's edges. */
  public List<Arrival> arrivals() {
    return arrivals;
  }

  /** The instances that they arrive at, in the same order. */
  public List<Instance> targets() {
    return targets;
  }

  /**
   * The arrivals of a decided instance.
   *
   * @param replaced whether another instance stands in, so that no edge is decided yet
   * @param deferred the node whose edges wait for added nodes; null for none
   */
  public static Arrivals of(
      Graph graph,
      Instance instance,
      List<EdgeDecision> decisions,
      boolean replaced,
      @Nullable GraphNode deferred) {
    if (isSimple(instance, decisions, deferred)) {
      return simple(graph, decisions.get(0));
    }
    Arrivals result = new Arrivals(decisions.size() + 1);
    if (replaced) {
      return result;
    }
    GraphNode origin = instance.origin();
    Loop loop = origin.isHeader() ? origin.loop() : null;
    boolean continues = loop == null || continues(graph, decisions);
    EdgeState worst = EdgeState.SKIPPED;
    for (EdgeDecision decision : decisions) {
      GraphEdge edge = graph.edge(decision.edge());
      if (decision.state() == EdgeState.DEAD) {
        worst = EdgeState.DEAD;
      }
      boolean within = edge.leaves() == null;
      boolean arrives = within ? continues || loop == null : decision.state() != EdgeState.SKIPPED;
      if (arrives && edge.target() != deferred) {
        result.add(edge, instance.path(), decision.state());
      }
    }
    if (!continues && loop != null) {
      result.finish(loop, instance.path(), worst, graph, decisions);
    }
    result.releaseStandIns(instance, decisions.isEmpty() ? EdgeState.SKIPPED : worst);
    return result;
  }

  /** The arrivals of the edges that waited for added nodes. */
  public static Arrivals deferred(
      Graph graph, Instance creator, GraphNode gather, EdgeState state) {
    Arrivals result = new Arrivals(1);
    for (GraphEdge edge : creator.node().out()) {
      if (edge.target() == gather) {
        result.add(edge, creator.path(), state);
      }
    }
    return result;
  }

  /** The same arrivals and one at a join that the graph does not know. */
  public Arrivals with(Arrival arrival, Instance placeholder) {
    Arrivals result = new Arrivals(arrivals.size() + 1);
    result.arrivals.addAll(arrivals);
    result.targets.addAll(targets);
    result.arrivals.add(arrival);
    result.targets.add(placeholder);
    return result;
  }

  /** The same arrivals behind those that let some instances start. */
  public Arrivals after(List<Instance> started, String edge) {
    Arrivals result = new Arrivals(started.size() + arrivals.size());
    for (Instance instance : started) {
      result.arrivals.add(new Arrival(instance.key(), edge, EdgeState.TAKEN, JoinSpec.SINGLE));
      result.targets.add(instance);
    }
    result.arrivals.addAll(arrivals);
    result.targets.addAll(targets);
    return result;
  }

  private static boolean continues(Graph graph, List<EdgeDecision> decisions) {
    for (EdgeDecision decision : decisions) {
      if (decision.state() == EdgeState.TAKEN
          && graph.edge(decision.edge()).leaves() == null
          && graph.edge(decision.edge()).target() != null) {
        return true;
      }
    }
    return false;
  }

  private void add(GraphEdge edge, Path from, EdgeState state) {
    GraphNode node = edge.target();
    if (node == null || edge.isCut()) {
      return;
    }
    if (from.isRoot() && edge.isPlain()) {
      arrivals.add(edge.rootArrival(state));
      targets.add(node.rootInstance());
      return;
    }
    Instance target = edge.targetOf(from);
    arrivals.add(new Arrival(target.key(), edge.id(), state, node.join(target.path())));
    targets.add(target);
  }

  private void finish(
      Loop loop, Path path, EdgeState state, Graph graph, List<EdgeDecision> decisions) {
    for (GraphEdge exit : loop.exits()) {
      boolean arrived = false;
      for (EdgeDecision decision : decisions) {
        arrived |= graph.edge(decision.edge()) == exit && decision.state() != EdgeState.SKIPPED;
      }
      if (!arrived) {
        add(exit, path, state);
      }
    }
  }

  /** A node that only ever stands in for this one will not run any more: its edges are decided. */
  private void releaseStandIns(Instance instance, EdgeState state) {
    GraphNode node = instance.node();
    GraphNode standIn = node.fallback();
    int depth = 0;
    while (standIn != null && depth < 100 && isOnlyFor(standIn, node)) {
      for (GraphEdge edge : standIn.out()) {
        add(edge, instance.path(), state);
      }
      node = standIn;
      standIn = node.fallback();
      depth++;
    }
  }

  private static boolean isOnlyFor(GraphNode standIn, GraphNode node) {
    return standIn.isFallbackOnly()
        && standIn.fallbackOf().size() == 1
        && standIn.fallbackOf().get(0) == node;
  }
}
