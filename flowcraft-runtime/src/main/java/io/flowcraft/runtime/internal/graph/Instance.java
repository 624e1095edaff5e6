package io.flowcraft.runtime.internal.graph;

import org.jspecify.annotations.Nullable;

/** A node in an iteration: what is executed, decided and recorded, each once. Immutable. */
public final class Instance {

  private final GraphNode node;
  private final Path path;
  private final String key;

  Instance(GraphNode node, Path path) {
    this.node = node;
    this.path = path;
    this.key = path.isRoot() ? node.key() : path.text() + "/" + node.key();
  }

  /** The node. */
  public GraphNode node() {
    return node;
  }

  /** The iterations around it. */
  public Path path() {
    return path;
  }

  /** The node whose edges it decides: itself, or the node that it stands in for in the end. */
  public GraphNode origin() {
    GraphNode origin = node;
    Path at = path;
    while (at != null && at.standsInFor() != null) {
      origin = at.standsInFor();
      at = at.parent();
    }
    return origin;
  }

  /** The text that identifies it within its run. */
  public String key() {
    return key;
  }

  /** The instance that waits for the nodes that this one has added. */
  public String barrierKey() {
    return key + "/*";
  }

  /** What stands for it once it is parked and has left its lane to the next worker of its batch. */
  public String laneKey() {
    return key + "/*>";
  }

  /** Whether it would have begun another iteration of a loop. */
  public boolean repeats() {
    return node.isHeader() && path.iteration() > 0;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Instance instance && key.equals(instance.key);
  }

  @Override
  public int hashCode() {
    return key.hashCode();
  }

  @Override
  public String toString() {
    return key;
  }
}
