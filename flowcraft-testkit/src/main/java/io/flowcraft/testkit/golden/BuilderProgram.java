package io.flowcraft.testkit.golden;

import io.flowcraft.blueprint.Blueprint;
import io.flowcraft.blueprint.InputMapping;
import io.flowcraft.blueprint.NodeConfig;
import io.flowcraft.blueprint.NodeDefinition;
import io.flowcraft.flow.BatchSpec;
import io.flowcraft.flow.EdgeSpec;
import io.flowcraft.flow.Flow;
import io.flowcraft.flow.FlowBuilder;
import io.flowcraft.flow.NodeSpec;
import io.flowcraft.json.BlueprintJson;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Calls of the npm library's builder, made on ours. */
final class BuilderProgram {

  private final FlowBuilder builder;

  private BuilderProgram(FlowBuilder builder) {
    this.builder = builder;
  }

  /** Makes the calls, builds as often as the program says, and answers the last blueprint. */
  static Blueprint run(Map<String, @Nullable Object> program) {
    BuilderProgram run = new BuilderProgram(Flow.named(Tree.text(program, "id")));
    Tree.list(program.get("calls")).forEach(call -> run.call(Tree.list(call)));
    int times = program.get("repeat") instanceof Number repeat ? repeat.intValue() : 1;
    Blueprint built = run.builder.build().blueprint();
    for (int i = 1; i < times; i++) {
      built = run.builder.build().blueprint();
    }
    return built;
  }

  private void call(List<@Nullable Object> call) {
    String id = String.valueOf(call.get(1));
    String second = String.valueOf(call.size() > 2 ? call.get(2) : "");
    Map<String, @Nullable Object> options = Tree.map(call.get(call.size() - 1));
    switch (String.valueOf(call.get(0))) {
      case "node" -> builder.node(id, second, spec -> set(spec, options));
      case "wait" -> builder.wait(id, spec -> set(spec, options));
      case "edge" -> builder.edge(id, second, spec -> set(spec, options));
      case "batch" -> builder.batch(id, second, spec -> set(spec, options));
      case "sleep" -> setSleep(id, options);
      case "loop" ->
          builder.loop(
              id,
              Tree.text(options, "condition"),
              spec ->
                  spec.start(Tree.text(options, "startNodeId"))
                      .end(Tree.text(options, "endNodeId")));
      default -> throw new IllegalArgumentException("no builder method named " + call.get(0));
    }
  }

  private void setSleep(String id, Map<String, @Nullable Object> options) {
    Map<String, @Nullable Object> params = new LinkedHashMap<>(Tree.map(options.get("params")));
    if (options.containsKey("duration")) {
      params.put("duration", options.get("duration"));
    }
    Map<String, @Nullable Object> others = new LinkedHashMap<>(options);
    others.put("params", params);
    builder.node(id, "sleep", spec -> set(spec, others));
  }

  private static void set(NodeSpec spec, Map<String, @Nullable Object> options) {
    Map<String, @Nullable Object> raw = new LinkedHashMap<>(options);
    raw.put("id", "node");
    raw.put("uses", "node");
    NodeDefinition node = BlueprintJson.readNode(raw);
    NodeConfig config = node.config();
    spec.params(node.params()).retry(config.retry());
    if (node.inputs() instanceof InputMapping.Single single) {
      spec.input(single.source());
    } else if (node.inputs() instanceof InputMapping.Keyed keyed) {
      spec.inputs(keyed.sources());
    }
    if (config.fallback() != null) {
      spec.fallback(config.fallback());
    }
    if (config.join() != null) {
      spec.join(config.join());
    }
    if (config.timeout() != null) {
      spec.timeout(config.timeout());
    }
  }

  private static void set(EdgeSpec spec, Map<String, @Nullable Object> options) {
    if (options.get("action") instanceof String action) {
      spec.on(action);
    }
    if (options.get("condition") instanceof String condition) {
      spec.when(condition);
    }
    if (options.get("transform") instanceof String transform) {
      spec.transform(transform);
    }
  }

  private static void set(BatchSpec spec, Map<String, @Nullable Object> options) {
    spec.input(Tree.text(options, "inputKey"));
    if (options.get("outputKey") instanceof String key) {
      spec.outputKey(key);
    }
    if (options.get("chunkSize") instanceof Number size) {
      spec.chunkSize(size.intValue());
    }
  }
}
