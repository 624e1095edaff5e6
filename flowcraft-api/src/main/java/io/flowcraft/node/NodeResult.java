package io.flowcraft.node;

import io.flowcraft.blueprint.NodeDefinition;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a node returns: an output or none, an action or none, nodes to add, and further members that
 * conditions and events can see. Immutable.
 */
public final class NodeResult {

  private static final NodeResult NONE = new NodeResult(false, null, null, List.of(), Map.of());

  private final boolean hasOutput;
  private final @Nullable Object output;
  private final @Nullable String action;
  private final List<NodeDefinition> dynamicNodes;
  private final Map<String, @Nullable Object> extras;

  private NodeResult(
      boolean hasOutput,
      @Nullable Object output,
      @Nullable String action,
      List<NodeDefinition> dynamicNodes,
      Map<String, @Nullable Object> extras) {
    this.hasOutput = hasOutput;
    this.output = output;
    this.action = action;
    this.dynamicNodes = dynamicNodes;
    this.extras = extras;
  }

  /** A result without output and action. */
  public static NodeResult none() {
    return NONE;
  }

  /**
   * A result with an output, null included.
   *
   * @param output JSON-like data, or an object that Jackson writes as such
   */
  public static NodeResult output(@Nullable Object output) {
    return new NodeResult(true, output, null, List.of(), Map.of());
  }

  /** A result with an action and no output. */
  public static NodeResult action(String action) {
    return NONE.withAction(action);
  }

  /** The same result with another output. */
  public NodeResult withOutput(@Nullable Object newOutput) {
    return new NodeResult(true, newOutput, action, dynamicNodes, extras);
  }

  /** The same result without output. */
  public NodeResult withoutOutput() {
    return new NodeResult(false, null, action, dynamicNodes, extras);
  }

  /** The same result with another action; null or an empty text for none. */
  public NodeResult withAction(@Nullable String newAction) {
    String normalized = newAction == null || newAction.isEmpty() ? null : newAction;
    return new NodeResult(hasOutput, output, normalized, dynamicNodes, extras);
  }

  /**
   * The same result, adding nodes to the run. They start beside the successors; a node named by the
   * member {@code gatherNodeId} of the output waits for them.
   */
  public NodeResult withDynamicNodes(List<NodeDefinition> nodes) {
    return new NodeResult(hasOutput, output, action, List.copyOf(nodes), extras);
  }

  /** The same result with a further member, which conditions and events can see. */
  public NodeResult with(String member, @Nullable Object value) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>(extras);
    members.put(member, value);
    return new NodeResult(
        hasOutput, output, action, dynamicNodes, Collections.unmodifiableMap(members));
  }

  /** Whether there is an output, possibly null. */
  public boolean hasOutput() {
    return hasOutput;
  }

  /** The output, or null. */
  public @Nullable Object output() {
    return output;
  }

  /** The action, or null; never empty. */
  public @Nullable String action() {
    return action;
  }

  /** The nodes to add. */
  public List<NodeDefinition> dynamicNodes() {
    return dynamicNodes;
  }

  /** The further members. */
  public Map<String, @Nullable Object> extras() {
    return extras;
  }

  /** The names of what is there; never the data, which may be secret. */
  @Override
  public String toString() {
    List<String> parts = new ArrayList<>();
    if (hasOutput) {
      parts.add("output");
    }
    if (action != null) {
      parts.add("action=" + action);
    }
    if (!dynamicNodes.isEmpty()) {
      parts.add("dynamicNodes=" + dynamicNodes.size());
    }
    return "NodeResult" + parts;
  }
}
