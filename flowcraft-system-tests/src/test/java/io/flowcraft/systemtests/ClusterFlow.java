package io.flowcraft.systemtests;

import io.flowcraft.flow.Flow;
import io.flowcraft.node.NodeContext;
import io.flowcraft.node.NodeResult;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * A fan in which every execution has an output of its own, that tells what it was built on: a node
 * that was recorded twice shows in whoever built on it.
 */
final class ClusterFlow {

  static final int WIDTH = 3;
  static final String NAME = "cluster";

  private ClusterFlow() {}

  static Flow flow() {
    var builder =
        Flow.named(NAME).node("from", ClusterFlow::execute).node("join", ClusterFlow::execute);
    for (int i = 0; i < WIDTH; i++) {
      builder.node("n" + i, ClusterFlow::execute).edge("from", "n" + i).edge("n" + i, "join");
    }
    return builder.build();
  }

  private static NodeResult execute(NodeContext context) {
    Map<String, Object> output = new LinkedHashMap<>();
    output.put("own", UUID.randomUUID().toString());
    context.inputs().forEach((source, value) -> output.put(source, own(value)));
    return NodeResult.output(output);
  }

  /** The part of an output that is unique. */
  static Object own(Object output) {
    return output instanceof Map<?, ?> map ? String.valueOf(map.get("own")) : "none";
  }
}
