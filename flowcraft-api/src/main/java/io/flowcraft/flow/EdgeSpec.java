package io.flowcraft.flow;

import io.flowcraft.blueprint.EdgeDefinition;

/** What {@link FlowBuilder} may be told about an edge. Only usable inside that call. */
public final class EdgeSpec {

  private EdgeDefinition edge;

  EdgeSpec(EdgeDefinition edge) {
    this.edge = edge;
  }

  /** Takes the edge only if the source's result names this action. */
  public EdgeSpec on(String action) {
    edge = edge.on(action);
    return this;
  }

  /** Takes the edge only if this expression is true; it sees context keys and {@code result}. */
  public EdgeSpec when(String condition) {
    edge = edge.when(condition);
    return this;
  }

  /** Delivers the value of this expression; it sees {@code input} and {@code context}. */
  public EdgeSpec transform(String expression) {
    edge = edge.transform(expression);
    return this;
  }

  EdgeDefinition edge() {
    return edge;
  }
}
