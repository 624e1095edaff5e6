package io.flowcraft.flow;

import io.flowcraft.blueprint.Blueprint;
import io.flowcraft.node.NodeRegistry;
import java.util.List;
import java.util.Objects;

/**
 * A blueprint and the implementations of its nodes. Immutable.
 *
 * @param blueprint the workflow as data
 * @param registry implementations by {@code uses} key; keys that are not here are looked up in the
 *     runtime's own registry
 * @param children the flows that sub-workflow nodes run, so that they are known where this one is
 */
public record Flow(Blueprint blueprint, NodeRegistry registry, List<Flow> children) {

  /** Copies the children. */
  public Flow {
    Objects.requireNonNull(blueprint, "blueprint");
    Objects.requireNonNull(registry, "registry");
    children = List.copyOf(children);
  }

  /**
   * A blueprint from elsewhere, for instance read from JSON, with implementations of its nodes.
   * Whether they fit together is checked when the flow is handed to a runtime.
   */
  public static Flow of(Blueprint blueprint, NodeRegistry registry) {
    return new Flow(blueprint, registry, List.of());
  }

  /**
   * Begins a flow that is written down in code.
   *
   * @param id names the workflow; runs and sub-workflow nodes refer to it
   */
  public static FlowBuilder named(String id) {
    return new FlowBuilder(id);
  }

  /** The id of the blueprint. */
  public String id() {
    return blueprint.id();
  }
}
