package io.flowcraft.testkit;

import io.flowcraft.blueprint.Blueprint;
import io.flowcraft.blueprint.NodeDefinition;
import io.flowcraft.flow.Flow;
import io.flowcraft.node.NodeImplementation;
import io.flowcraft.node.NodeRegistry;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Puts other implementations into flows. */
final class Substitutes {

  private static final String PREFIX = "test-double:";

  private final Map<String, NodeImplementation> byNode = new LinkedHashMap<>();
  private final IdentityHashMap<Flow, Flow> done = new IdentityHashMap<>();
  private final Set<String> used = new HashSet<>();
  private NodeRegistry registry = NodeRegistry.empty();

  void add(NodeRegistry added) {
    registry = registry.with(added);
    done.clear();
  }

  void replace(String nodeId, NodeImplementation implementation) {
    byNode.put(nodeId, implementation);
    used.remove(nodeId);
    done.clear();
  }

  /** The flow with everything replaced. */
  Flow in(Flow flow) {
    Flow changed = change(flow);
    Set<String> unused = new TreeSet<>(byNode.keySet());
    unused.removeAll(used);
    if (!unused.isEmpty()) {
      throw new IllegalArgumentException(
          "Flow \""
              + flow.id()
              + "\" has no node "
              + unused
              + " to replace (found: "
              + ids(flow)
              + "). Replace nodes of the flow that is started next.");
    }
    return changed;
  }

  private Flow change(Flow flow) {
    Flow known = done.get(flow);
    if (known == null) {
      List<Flow> children = flow.children().stream().map(this::change).toList();
      known = new Flow(blueprint(flow.blueprint()), registry(flow), children);
      done.put(flow, known);
    }
    return known;
  }

  private NodeRegistry registry(Flow flow) {
    NodeRegistry all = flow.registry().with(registry);
    for (Map.Entry<String, NodeImplementation> substitute : byNode.entrySet()) {
      all = all.with(PREFIX + substitute.getKey(), substitute.getValue());
    }
    return all;
  }

  private Blueprint blueprint(Blueprint blueprint) {
    List<NodeDefinition> nodes = blueprint.nodes().stream().map(this::node).toList();
    return new Blueprint(blueprint.id(), nodes, blueprint.edges(), blueprint.metadata());
  }

  private NodeDefinition node(NodeDefinition node) {
    if (!byNode.containsKey(node.id())) {
      return node;
    }
    used.add(node.id());
    return new NodeDefinition(
        node.id(),
        PREFIX + node.id(),
        node.params(),
        node.inputs(),
        node.config(),
        node.sourceLocation());
  }

  private static List<String> ids(Flow flow) {
    return flow.blueprint().nodes().stream().map(NodeDefinition::id).toList();
  }
}
