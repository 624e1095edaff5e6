package io.flowcraft.testkit;

import io.flowcraft.node.NodeContext;
import io.flowcraft.node.NodeFunction;
import io.flowcraft.node.NodeResult;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A node that stands in for another one and remembers its calls; {@link NodeDoubles} makes them.
 */
public final class NodeDouble implements NodeFunction {

  private final NodeFunction behaviour;
  private final List<NodeCall> calls = new ArrayList<>();

  NodeDouble(NodeFunction behaviour) {
    this.behaviour = behaviour;
  }

  @Override
  public @Nullable NodeResult run(NodeContext context) throws Exception {
    synchronized (calls) {
      calls.add(NodeCall.of(context));
    }
    return behaviour.run(context);
  }

  /** The calls so far, each attempt one. */
  public List<NodeCall> calls() {
    synchronized (calls) {
      return List.copyOf(calls);
    }
  }

  /**
   * The latest call.
   *
   * @throws IllegalStateException if there was none
   */
  public NodeCall lastCall() {
    return NodeDoubles.last(calls());
  }
}
