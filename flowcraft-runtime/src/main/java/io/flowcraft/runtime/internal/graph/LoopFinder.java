package io.flowcraft.runtime.internal.graph;

import io.flowcraft.blueprint.Join;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the loops of a graph: strongly connected components, taken apart at the node that is
 * reached first, again and again (Bourdoncle's hierarchical decomposition). A component whose
 * header iterates becomes a loop; one whose header runs only once has its back edges cut.
 */
final class LoopFinder {

  private final List<GraphNode> starts;
  private final Map<GraphNode, Integer> order = new HashMap<>();
  private final List<Loop> innerFirst = new ArrayList<>();

  LoopFinder(List<GraphNode> nodes, List<GraphNode> starts) {
    this.starts = starts;
    nodes.forEach(node -> order.put(node, order.size()));
  }

  /** Marks back edges and gives nodes their loops. */
  void find() {
    split(order.keySet(), null, new HashSet<>(starts));
    for (Loop loop : innerFirst) {
      adoptSideBranches(loop);
    }
  }

  /**
   * Takes apart a set of nodes; {@code entries} are those that are reached from outside the set.
   */
  private void split(Collection<GraphNode> members, @Nullable Loop outer, Set<GraphNode> entries) {
    for (Set<GraphNode> component : new Components(inOrder(members)).find()) {
      GraphNode header = header(component, entries);
      boolean iterates = iterates(header, component);
      Loop loop = iterates ? new Loop(header, outer) : null;
      if (loop != null) {
        component.forEach(node -> node.join(loop));
      }
      for (GraphEdge edge : header.in()) {
        if (component.contains(edge.source())) {
          edge.markBack(iterates);
        }
      }
      Set<GraphNode> rest = new LinkedHashSet<>(component);
      rest.remove(header);
      Set<GraphNode> inner = new HashSet<>();
      header
          .out()
          .forEach(
              edge -> {
                if (edge.target() != null) {
                  inner.add(edge.target());
                }
              });
      split(rest, loop == null ? outer : loop, inner);
      if (loop != null) {
        innerFirst.add(loop);
      }
    }
  }

  /** A controller decides about iterations, at the beginning or at the end of the body. */
  private static boolean iterates(GraphNode header, Set<GraphNode> component) {
    Join.Kind kind = header.definition().config().joinOrDefault().kind();
    return header.isController()
        || kind == Join.Kind.ANY
        || kind == Join.Kind.AT_LEAST
        || header.in().stream()
            .map(GraphEdge::source)
            .anyMatch(source -> source.isController() && component.contains(source));
  }

  /**
   * The node that is reached first: an entry point, a start, the target of an edge from outside.
   */
  private GraphNode header(Set<GraphNode> component, Set<GraphNode> entries) {
    List<GraphNode> candidates = new ArrayList<>();
    for (GraphNode node : component) {
      boolean entered =
          entries.contains(node)
              || node.in().stream().anyMatch(edge -> !component.contains(edge.source()));
      if (entered) {
        candidates.add(node);
      }
    }
    Collection<GraphNode> choice = candidates.isEmpty() ? component : candidates;
    Comparator<GraphNode> controllersFirst = Comparator.comparing(node -> !node.isController());
    return choice.stream()
        .min(controllersFirst.thenComparing(node -> order.getOrDefault(node, 0)))
        .orElseThrow();
  }

  private List<GraphNode> inOrder(Collection<GraphNode> members) {
    List<GraphNode> sorted = new ArrayList<>(members);
    sorted.sort(Comparator.comparing(node -> order.getOrDefault(node, 0)));
    return sorted;
  }

  /**
   * Branches that hang off the body and are reached from nowhere else run once per iteration too,
   * although no path leads back from them; so do stand-ins for nodes of the body.
   */
  private void adoptSideBranches(Loop loop) {
    Deque<GraphNode> queue = new ArrayDeque<>();
    for (GraphNode node : order.keySet()) {
      if (loop.encloses(node.loop())) {
        queue.add(node);
      }
    }
    while (!queue.isEmpty()) {
      GraphNode node = queue.remove();
      GraphNode standIn = node.fallback();
      if (standIn != null && standIn.loop() == loop.parent() && belongs(standIn, loop)) {
        standIn.join(loop);
        queue.add(standIn);
      }
      for (GraphEdge edge : node.out()) {
        GraphNode target = edge.target();
        if (target != null && target.loop() == loop.parent() && belongs(target, loop)) {
          target.join(loop);
          queue.add(target);
        }
      }
    }
  }

  private static boolean belongs(GraphNode node, Loop loop) {
    boolean anchored = node.fallbackOf().stream().anyMatch(owner -> loop.encloses(owner.loop()));
    for (GraphEdge edge : node.in()) {
      GraphNode source = edge.source();
      if (!loop.encloses(source.loop())) {
        return false;
      }
      // Wherever the loop's controller sits, its other edges are the way out.
      boolean fromController = source.isController() && source.loop() == loop;
      if (fromController && !"continue".equals(edge.definition().action())) {
        return false;
      }
      anchored = true;
    }
    return anchored;
  }
}
