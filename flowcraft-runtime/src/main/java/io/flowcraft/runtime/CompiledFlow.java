package io.flowcraft.runtime;

import io.flowcraft.flow.Flow;
import io.flowcraft.node.NodeRegistry;
import io.flowcraft.runtime.internal.engine.CompiledBlueprint;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A flow that is compiled once, for whoever builds many runtimes for it: tests and simulations.
 * Immutable; may be shared by runtimes and threads.
 */
public final class CompiledFlow {

  private final Map<String, CompiledBlueprint> blueprints;
  private final NodeRegistry registry;

  private CompiledFlow(Map<String, CompiledBlueprint> blueprints, NodeRegistry registry) {
    this.blueprints = Collections.unmodifiableMap(blueprints);
    this.registry = registry;
  }

  /**
   * Compiles a flow and the flows that it contains.
   *
   * @throws io.flowcraft.error.FlowcraftException if parameters or metadata are no data
   */
  public static CompiledFlow of(Flow flow) {
    Map<String, CompiledBlueprint> blueprints = new LinkedHashMap<>();
    NodeRegistry registry = add(flow, blueprints, NodeRegistry.empty());
    return new CompiledFlow(blueprints, registry);
  }

  private static NodeRegistry add(
      Flow flow, Map<String, CompiledBlueprint> blueprints, NodeRegistry known) {
    blueprints.put(flow.id(), CompiledBlueprint.of(flow.blueprint()));
    NodeRegistry registry = known.with(flow.registry());
    for (Flow child : flow.children()) {
      registry = add(child, blueprints, registry);
    }
    return registry;
  }

  /** The blueprints by id, the flow's own first. */
  Map<String, CompiledBlueprint> blueprints() {
    return blueprints;
  }

  NodeRegistry registry() {
    return registry;
  }
}
