package io.flowcraft.chaos;

import io.flowcraft.node.NodeContext;
import io.flowcraft.node.NodeResult;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Outputs that are different for every execution, and tell what they were built on: a node that was
 * recorded twice shows in whoever built on the result that is not the recorded one.
 */
final class Evidence {

  static final String OWN = "own";

  private Evidence() {}

  /** What the nodes of all flows do. */
  static NodeResult execute(NodeContext context) {
    Map<String, Object> output = new LinkedHashMap<>();
    output.put(OWN, UUID.randomUUID().toString());
    context.inputs().forEach((source, value) -> output.put(source, print(value)));
    return NodeResult.output(output);
  }

  /** The same, and counts: an iteration that counts twice makes the loop too short. */
  static NodeResult count(NodeContext context, int limit) {
    int next = context.context().get("n") instanceof Number n ? n.intValue() + 1 : 1;
    context.context().set("n", next);
    context.context().set("more", next < limit);
    return execute(context);
  }

  /** What tells a value from another one. */
  static String print(@Nullable Object value) {
    if (value instanceof Map<?, ?> map && map.get(OWN) != null) {
      return String.valueOf(map.get(OWN));
    }
    return value == null ? "none" : Integer.toHexString(value.hashCode());
  }
}
