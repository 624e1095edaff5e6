package io.flowcraft.testkit.golden;

import io.flowcraft.blueprint.NodeDefinition;
import io.flowcraft.json.BlueprintJson;
import io.flowcraft.node.NodeResult;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Results that a case writes down as data. */
final class RawResults {

  private RawResults() {}

  /** The result that the data describes. */
  static NodeResult read(Map<String, @Nullable Object> data) {
    NodeResult result =
        data.containsKey("output") ? NodeResult.output(data.get("output")) : NodeResult.none();
    result = result.withAction(Tree.textOrNull(data, "action"));
    for (Map.Entry<String, @Nullable Object> member : data.entrySet()) {
      result =
          switch (member.getKey()) {
            case "output", "action" -> result;
            case "dynamicNodes" -> result.withDynamicNodes(nodes(member.getValue()));
            default -> result.with(member.getKey(), member.getValue());
          };
    }
    return result;
  }

  /** The result of the standard node that adds nodes. */
  static NodeResult dynamic(Map<String, @Nullable Object> params) {
    NodeResult result =
        params.containsKey("output") ? NodeResult.output(params.get("output")) : NodeResult.none();
    return result.withDynamicNodes(nodes(params.get("nodes")));
  }

  private static List<NodeDefinition> nodes(@Nullable Object raw) {
    return Tree.list(raw).stream().map(BlueprintJson::readNode).toList();
  }
}
