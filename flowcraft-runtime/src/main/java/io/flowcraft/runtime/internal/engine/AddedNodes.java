package io.flowcraft.runtime.internal.engine;

import io.flowcraft.blueprint.Join;
import io.flowcraft.blueprint.NodeDefinition;
import io.flowcraft.error.ErrorCode;
import io.flowcraft.error.FlowcraftException;
import io.flowcraft.json.BlueprintJson;
import io.flowcraft.runtime.internal.graph.GraphNode;
import io.flowcraft.runtime.internal.graph.Instance;
import io.flowcraft.spi.JoinSpec;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
    String key = creator.barrierKey();
    GraphNode gather =
        detail.get(Detail.GATHER) instanceof String id ? frame.graph().node(id) : null;
    boolean tolerant = false;
    int parallel = 0;
    if (detail.get(Detail.BATCH) instanceof Map<?, ?> batch) {
      tolerant = Boolean.TRUE.equals(batch.get(BatchNodes.TOLERANT));
      parallel = batch.get(BatchNodes.PARALLEL) instanceof Number n ? n.intValue() : 0;
    }
    JoinSpec join = count == 1 ? JoinSpec.SINGLE : new JoinSpec(Join.all(), count);
    Barrier barrier = new Barrier(creator, gather, join, tolerant, parallel, new RecentItems());
    frame.barrier(key, barrier);
    return barrier;
  }

  /**
   * Takes the ids of nodes that are to be added: all, or none if one of them is taken. A node may
   * add the same ones again, in another iteration or when it is executed once more.
   */
  static void claim(ExecutionContext context, List<NodeDefinition> definitions) {
    RunFrame frame = context.frame();
    String creator = context.nodeId();
    Map<String, GraphNode> added = frame.added();
    synchronized (added) {
      Set<String> ids = new HashSet<>();
      for (NodeDefinition definition : definitions) {
        String id = definition.id();
        GraphNode declared = frame.graph().node(id);
        GraphNode other = added.get(id);
        if (declared != null && declared.isDeclared()) {
          throw taken(context, id, "the blueprint has one");
        }
        if (other != null && !creator.equals(other.creator())) {
          throw taken(context, id, "node '" + other.creator() + "' has added one");
        }
        if (!ids.add(id)) {
          throw taken(context, id, "it adds another one");
        }
      }
      definitions.forEach(definition -> register(frame, creator, definition));
    }
  }

  private static FlowcraftException taken(ExecutionContext context, String id, String who) {
    return new FlowcraftException(
        ErrorCode.NODE_FAILED,
        "Node '"
            + context.nodeId()
            + "' would add a node '"
            + id
            + "', and "
            + who
            + " of that id. Give added nodes ids of their own.",
        null,
        true);
  }

  /** Makes a node known to the run; harmless when it is. */
  static Instance register(
      RunFrame frame, Instance creator, NodeDefinition definition, Barrier barrier) {
    GraphNode node = register(frame, creator.node().id(), definition);
    Instance instance = node.at(creator.path().place());
    frame.place(instance);
    frame.barrier(instance.key(), barrier);
    return instance;
  }

  private static GraphNode register(RunFrame frame, String creator, NodeDefinition definition) {
    String fallbackId = definition.config().fallback();
    GraphNode fallback = fallbackId == null ? null : frame.graph().node(fallbackId);
    GraphNode node =
        GraphNode.added(definition, creator, frame.graph().node(definition.id()), fallback);
    frame.added().put(definition.id(), node);
    return node;
  }
}
