package io.flowcraft.runtime.internal.graph;

import org.jspecify.annotations.Nullable;

/**
 * Which iteration of which loops a node instance belongs to, and whether it stands in for another
 * instance. Immutable; the root path is shared by everything outside loops.
 *
 * <p>As text, elements are separated by slashes: {@code loop#3} is the fourth iteration of a loop,
 * {@code !node} says that the instance stands in for that node.
 */
public final class Path {

  /** Outside all loops. */
  public static final Path ROOT = new Path(null, null, 0, null, "");

  private final @Nullable Path parent;
  private final @Nullable Loop loop;
  private final int iteration;
  private final @Nullable GraphNode standsInFor;
  private final String text;

  private Path(
      @Nullable Path parent,
      @Nullable Loop loop,
      int iteration,
      @Nullable GraphNode standsInFor,
      String text) {
    this.parent = parent;
    this.loop = loop;
    this.iteration = iteration;
    this.standsInFor = standsInFor;
    this.text = text;
  }

  /** An iteration of a loop inside this path. */
  public Path enter(Loop inner, int index) {
    String element = inner.header().key() + "#" + index;
    return new Path(this, inner, index, null, InstanceKeys.join(text, element));
  }

  /** The place of an instance that stands in for one at this path. */
  public Path standIn(GraphNode replaced) {
    return new Path(this, null, 0, replaced, InstanceKeys.standIn(text, replaced.id()));
  }

  /** The same path without stand-ins at its end: where the edges of the instance begin. */
  public Path place() {
    Path path = this;
    while (path.standsInFor != null && path.parent != null) {
      path = path.parent;
    }
    return path;
  }

  /** The part of {@link #place()} that lies within the first {@code depth} loops. */
  Path ancestor(int depth) {
    Path path = place();
    while (path.loop != null && path.loop.depth() > depth && path.parent != null) {
      path = path.parent;
    }
    return path;
  }

  /** The innermost loop, or null outside loops. */
  public @Nullable Loop loop() {
    return place().loop;
  }

  /** The iteration of the innermost loop, from 0. */
  public int iteration() {
    return place().iteration;
  }

  /** The node that an instance at this path stands in for, or null. */
  public @Nullable GraphNode standsInFor() {
    return standsInFor;
  }

  /** Around this path; null at the root. */
  public @Nullable Path parent() {
    return parent;
  }

  /** Whether this is the root. */
  public boolean isRoot() {
    return text.isEmpty();
  }

  /** The text form; empty for the root. */
  public String text() {
    return text;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Path path && text.equals(path.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }
}
