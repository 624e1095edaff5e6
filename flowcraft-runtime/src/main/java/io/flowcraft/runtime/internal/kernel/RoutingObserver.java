package io.flowcraft.runtime.internal.kernel;

import io.flowcraft.runtime.internal.graph.GraphEdge;

/** Is told of each condition as it is evaluated. */
@FunctionalInterface
public interface RoutingObserver {

  /** Nobody listens. */
  RoutingObserver NONE = (edge, result) -> {};

  /** A condition was evaluated. */
  void evaluated(GraphEdge edge, boolean result);
}
