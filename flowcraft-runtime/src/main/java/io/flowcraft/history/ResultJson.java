package io.flowcraft.history;

import io.flowcraft.json.BlueprintJson;
import io.flowcraft.node.NodeResult;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Results of nodes as data. */
final class ResultJson {

  private static final String OUTPUT = "output";
  private static final String ACTION = "action";
  private static final String DYNAMIC_NODES = "dynamicNodes";
  private static final String EXTRAS = "extras";

  private ResultJson() {}

  static Map<String, @Nullable Object> write(NodeResult result) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    if (result.hasOutput()) {
      members.put(OUTPUT, result.output());
    }
    if (result.action() != null) {
      members.put(ACTION, result.action());
    }
    if (!result.dynamicNodes().isEmpty()) {
      members.put(DYNAMIC_NODES, result.dynamicNodes().stream().map(BlueprintJson::toMap).toList());
    }
    if (!result.extras().isEmpty()) {
      members.put(EXTRAS, result.extras());
    }
    return members;
  }

  static NodeResult read(Fields from) {
    NodeResult result = from.has(OUTPUT) ? NodeResult.output(from.raw(OUTPUT)) : NodeResult.none();
    result = result.withAction(from.optionalText(ACTION));
    if (from.has(DYNAMIC_NODES)) {
      List<?> nodes = from.list(DYNAMIC_NODES);
      result = result.withDynamicNodes(nodes.stream().map(BlueprintJson::readNode).toList());
    }
    if (from.raw(EXTRAS) instanceof Map<?, ?> extras) {
      for (Map.Entry<?, ?> extra : extras.entrySet()) {
        result = result.with(String.valueOf(extra.getKey()), extra.getValue());
      }
    }
    return result;
  }
}
