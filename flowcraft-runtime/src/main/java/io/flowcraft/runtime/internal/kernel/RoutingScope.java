package io.flowcraft.runtime.internal.kernel;

import io.flowcraft.runtime.internal.graph.GraphNode;
import io.flowcraft.spi.Payload;
import io.flowcraft.spi.Scope;
import org.jspecify.annotations.Nullable;

/** What the edges of a finished node can see. */
public interface RoutingScope {

  /** The names that a condition sees: the context keys and {@code result}. */
  Scope conditions();

  /** The names that a transform sees: {@code input} and {@code context}. */
  Scope transforms(@Nullable Object input);

  /**
   * The value that an edge into this node transforms: what its explicit single source names, or the
   * output of the edge's source if there is none.
   */
  @Nullable Object transformInput(GraphNode source, GraphNode target);

  /** Wraps the value of a transform; null for none. */
  @Nullable Payload payload(@Nullable Object value);
}
