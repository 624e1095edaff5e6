package io.flowcraft.runtime.internal.engine;

import io.flowcraft.blueprint.Join;
import io.flowcraft.blueprint.NodeDefinition;
import io.flowcraft.json.BlueprintJson;
import io.flowcraft.runtime.internal.graph.GraphNode;
import io.flowcraft.runtime.internal.graph.Instance;
import io.flowcraft.spi.JoinSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Nodes that other nodes add while a run is under way. */
final class AddedNodes {

  private AddedNodes() {}

  /** The nodes that the detail of an outcome tells of. */
  static List<NodeDefinition> read(Instance creator, Map<String, @Nullable Object> detail) {
    if (detail.get(Detail.BATCH) instanceof Map<?, ?> batch
        && batch.get(BatchNodes.USES) instanceof String uses
        && batch.get(BatchNodes.ID) instanceof String id
        && batch.get(BatchNodes.COUNT) instanceof Number count) {
      return BatchNodes.workers(creator.node().id(), uses, id, count.intValue());
    }
    List<NodeDefinition> nodes = new ArrayList<>();
    if (detail.get(Detail.NODES) instanceof List<?> maps) {
      for (Object map : maps) {
        nodes.add(BlueprintJson.readNode(map));
      }
    }
    return nodes;
  }

  static Barrier barrier(
      RunFrame frame, Instance creator, Map<String, @Nullable Object> detail, int count) {
    GraphNode gather =
        detail.get(Detail.GATHER) instanceof String id ? frame.graph().node(id) : null;
    boolean tolerant = false;
    int parallel = 0;
    if (detail.get(Detail.BATCH) instanceof Map<?, ?> batch) {
      tolerant = Boolean.TRUE.equals(batch.get(BatchNodes.TOLERANT));
      parallel = batch.get(BatchNodes.PARALLEL) instanceof Number n ? n.intValue() : 0;
    }
    String key = creator.barrierKey();
    JoinSpec join = count == 1 ? JoinSpec.SINGLE : new JoinSpec(Join.all(), count);
    Barrier barrier = new Barrier(creator, gather, join, tolerant, Gate.of(parallel));
    frame.barrier(key, barrier);
    return barrier;
  }

  /** Makes a node known to the run; harmless when it is. */
  static Instance register(
      RunFrame frame, Instance creator, NodeDefinition definition, Barrier barrier) {
    String fallbackId = definition.config().fallback();
    GraphNode fallback = fallbackId == null ? null : frame.graph().node(fallbackId);
    GraphNode node = GraphNode.added(definition, frame.graph().node(definition.id()), fallback);
    Instance instance = node.at(creator.path().place());
    frame.added(instance);
    frame.barrier(instance.key(), barrier);
    return instance;
  }
}
