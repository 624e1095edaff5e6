package io.flowcraft.runtime.internal.graph;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A loop: a header, which decides about the next iteration, and the nodes that run once per
 * iteration.
 */
public final class Loop {

  private final GraphNode header;
  private final @Nullable Loop parent;
  private final int depth;
  private final List<GraphEdge> exits = new ArrayList<>();

  Loop(GraphNode header, @Nullable Loop parent) {
    this.header = header;
    this.parent = parent;
    this.depth = parent == null ? 1 : parent.depth + 1;
  }

  /** The node at which every iteration begins. */
  public GraphNode header() {
    return header;
  }

  /** The loop around this one, or null. */
  @Nullable Loop parent() {
    return parent;
  }

  /** How many loops there are around its nodes, itself included. */
  int depth() {
    return depth;
  }

  /** The edges that leave this loop and none around it, or that end in it. */
  public List<GraphEdge> exits() {
    return exits;
  }

  /** Whether a loop is this one or inside it. */
  boolean encloses(@Nullable Loop other) {
    for (Loop loop = other; loop != null; loop = loop.parent) {
      if (loop == this) {
        return true;
      }
    }
    return false;
  }
}
