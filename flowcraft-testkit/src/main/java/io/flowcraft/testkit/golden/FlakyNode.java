package io.flowcraft.testkit.golden;

import io.flowcraft.error.FlowcraftException;
import io.flowcraft.node.Node;
import io.flowcraft.node.NodeContext;
import io.flowcraft.node.NodeResult;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Fails a number of times, then succeeds. */
final class FlakyNode implements Node<NodeContext> {

  private final Bench bench;

  FlakyNode(Bench bench) {
    this.bench = bench;
  }

  @Override
  public NodeContext prep(NodeContext context) {
    return context;
  }

  @Override
  public NodeResult exec(NodeContext prepared, NodeContext context) {
    int attempt = bench.attempt(context);
    Map<String, @Nullable Object> params = context.params();
    if (Js.number(params.get("fatalOn")) == attempt) {
      throw FlowcraftException.fatal("fatal attempt " + attempt);
    }
    if (attempt <= Js.number(params.get("failures"))) {
      throw new NodeError("attempt " + attempt);
    }
    return NodeResult.output(params.containsKey("value") ? params.get("value") : attempt);
  }
}
