package io.flowcraft.runtime.internal.graph;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The strongly connected components, cyclic ones only, of the graph that some nodes span. Tarjan's
 * algorithm with an explicit stack, so that long chains don't overflow the thread's.
 */
final class Components {

  private final List<GraphNode> members;
  private final Set<GraphNode> memberSet;
  private final Map<GraphNode, Integer> index = new HashMap<>();
  private final Map<GraphNode, Integer> low = new HashMap<>();
  private final Deque<GraphNode> open = new ArrayDeque<>();
  private final Set<GraphNode> onStack = new HashSet<>();
  private final List<Set<GraphNode>> found = new ArrayList<>();

  private record Frame(GraphNode node, Iterator<GraphEdge> edges) {}

  Components(List<GraphNode> members) {
    this.members = members;
    this.memberSet = new HashSet<>(members);
  }

  List<Set<GraphNode>> find() {
    for (GraphNode node : members) {
      if (!index.containsKey(node)) {
        visit(node);
      }
    }
    return found;
  }

  private void visit(GraphNode root) {
    Deque<Frame> stack = new ArrayDeque<>();
    stack.push(enter(root));
    while (!stack.isEmpty()) {
      Frame frame = stack.peek();
      if (frame.edges.hasNext()) {
        GraphNode target = frame.edges.next().target();
        if (target == null || !memberSet.contains(target)) {
          continue;
        }
        if (!index.containsKey(target)) {
          stack.push(enter(target));
        } else if (onStack.contains(target)) {
          low.merge(frame.node, index.getOrDefault(target, 0), Math::min);
        }
      } else {
        stack.pop();
        leave(frame.node);
        Frame caller = stack.peek();
        if (caller != null) {
          low.merge(caller.node, low.getOrDefault(frame.node, 0), Math::min);
        }
      }
    }
  }

  private Frame enter(GraphNode node) {
    index.put(node, index.size());
    low.put(node, index.size() - 1);
    open.push(node);
    onStack.add(node);
    return new Frame(node, node.out().iterator());
  }

  private void leave(GraphNode node) {
    if (!low.getOrDefault(node, 0).equals(index.get(node))) {
      return;
    }
    Set<GraphNode> component = new LinkedHashSet<>();
    GraphNode member;
    do {
      member = open.pop();
      onStack.remove(member);
      component.add(member);
    } while (member != node);
    boolean cyclic =
        component.size() > 1 || node.out().stream().anyMatch(edge -> edge.target() == node);
    if (cyclic) {
      found.add(component);
    }
  }
}
