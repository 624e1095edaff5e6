package io.flowcraft.runtime.internal.kernel;

import io.flowcraft.runtime.internal.graph.GraphEdge;
import io.flowcraft.runtime.internal.graph.GraphNode;
import io.flowcraft.runtime.internal.graph.Instance;
import io.flowcraft.runtime.internal.graph.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The edges that an instance decides: its own, and those of the nodes that it stands in for. */
public final class OutEdges {

  private OutEdges() {}

  /** The edges, each once. */
  public static List<GraphEdge> of(Instance instance) {
    GraphNode replaced = instance.path().standsInFor();
    if (replaced == null) {
      return instance.node().out();
    }
    Set<GraphEdge> edges = new LinkedHashSet<>(instance.node().out());
    Path path = instance.path();
    while (path != null && path.standsInFor() != null) {
      edges.addAll(path.standsInFor().out());
      path = path.parent();
    }
    return List.copyOf(edges);
  }
}
