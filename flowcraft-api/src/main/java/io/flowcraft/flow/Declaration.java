package io.flowcraft.flow;

import io.flowcraft.blueprint.BuiltIns;
import io.flowcraft.blueprint.EdgeDefinition;
import io.flowcraft.blueprint.InputMapping;
import io.flowcraft.blueprint.Join;
import io.flowcraft.blueprint.NodeConfig;
import io.flowcraft.blueprint.NodeDefinition;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One call to the builder that adds something with an id; a batch becomes two nodes. */
sealed interface Declaration {

  /** The id that edges name. */
  String id();

  /** What a message calls it. */
  String label();

  /** The nodes that the blueprint gets. */
  List<NodeDefinition> nodes();

  /** The node that edges into this declaration lead to. */
  default String entry() {
    return id();
  }

  /** The node that edges out of this declaration leave. */
  default String exit() {
    return id();
  }

  /** A node as it is. */
  record Single(NodeDefinition definition) implements Declaration {
    @Override
    public String id() {
      return definition.id();
    }

    @Override
    public String label() {
      return "node '" + id() + "'";
    }

    @Override
    public List<NodeDefinition> nodes() {
      return List.of(definition);
    }
  }

  /** A worker for each element of a list: a scattering and a gathering node. */
  record Batch(
      String id,
      String workerUses,
      @Nullable String input,
      @Nullable String outputKey,
      @Nullable Integer chunkSize)
      implements Declaration {

    @Override
    public String label() {
      return "batch '" + id + "'";
    }

    @Override
    public String entry() {
      return id + "_scatter";
    }

    @Override
    public String exit() {
      return id + "_gather";
    }

    @Override
    public List<NodeDefinition> nodes() {
      Map<String, @Nullable Object> scatter = new LinkedHashMap<>();
      Map<String, @Nullable Object> gather = new LinkedHashMap<>();
      scatter.put("workerUsesKey", workerUses);
      if (outputKey != null) {
        scatter.put("outputKey", outputKey);
        gather.put("outputKey", outputKey);
      }
      scatter.put("gatherNodeId", exit());
      gather.put("gatherNodeId", exit());
      if (chunkSize != null) {
        scatter.put("chunkSize", chunkSize);
      }
      InputMapping source = input == null ? null : InputMapping.from(input);
      return List.of(
          new NodeDefinition(entry(), BuiltIns.BATCH_SCATTER, scatter).withInputs(source),
          new NodeDefinition(exit(), BuiltIns.BATCH_GATHER, gather)
              .withConfig(NodeConfig.DEFAULT.withJoin(Join.all())));
    }

    EdgeDefinition edge() {
      return EdgeDefinition.of(entry(), exit());
    }
  }

  /** The controller of a loop around nodes that are declared elsewhere. */
  record Loop(String id, String condition, @Nullable String start, @Nullable String end)
      implements Declaration {

    static final String BREAK = "break";
    static final String CONTINUE = "continue";

    @Override
    public String label() {
      return "loop '" + id + "'";
    }

    @Override
    public List<NodeDefinition> nodes() {
      return List.of(
          new NodeDefinition(id, BuiltIns.LOOP_CONTROLLER, Map.of("condition", condition))
              .withConfig(NodeConfig.DEFAULT.withJoin(Join.any())));
    }
  }
}
