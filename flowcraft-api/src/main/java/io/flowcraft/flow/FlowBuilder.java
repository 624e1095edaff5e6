package io.flowcraft.flow;

import io.flowcraft.blueprint.Blueprint;
import io.flowcraft.blueprint.BuiltIns;
import io.flowcraft.blueprint.EdgeDefinition;
import io.flowcraft.blueprint.NodeDefinition;
import io.flowcraft.error.ErrorCode;
import io.flowcraft.error.FlowcraftException;
import io.flowcraft.node.AsyncNodeFunction;
import io.flowcraft.node.Node;
import io.flowcraft.node.NodeFunction;
import io.flowcraft.node.NodeImplementation;
import io.flowcraft.node.NodeRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Writes down a flow in code. Declarations may come in any order: an edge may name a node that
 * follows later. Nothing is checked before {@link #build()}, which reports every problem at once.
 *
 * <p>An implementation that is given in place is registered under {@code <flow>#<node>}, so that a
 * run which another process started, or an earlier version of the program, finds it again. Renaming
 * a node therefore cuts off the runs that have not reached it yet.
 *
 * <p>Not safe for use by several threads.
 */
public final class FlowBuilder {

  private static final String ENTRY_POINTS = "cycleEntryPoints";

  private final String id;
  private final List<Declaration> declarations = new ArrayList<>();
  private final List<EdgeDefinition> edges = new ArrayList<>();
  private final Map<String, @Nullable Object> metadata = new LinkedHashMap<>();
  private final Map<String, Flow> children = new LinkedHashMap<>();
  private final List<String> conflicts = new ArrayList<>();
  private NodeRegistry registry = NodeRegistry.empty();

  FlowBuilder(String id) {
    this.id = Objects.requireNonNull(id, "id");
  }

  /** Names the version of the definition. */
  public FlowBuilder version(String version) {
    return metadata("version", version);
  }

  /** Adds free data to the blueprint. */
  public FlowBuilder metadata(String key, @Nullable Object value) {
    metadata.put(key, value);
    return this;
  }

  /** Adds a node as a function. */
  public FlowBuilder node(String nodeId, NodeFunction function) {
    return node(nodeId, function, FlowBuilder::plain);
  }

  /** Adds a node as a function, with settings. */
  public FlowBuilder node(String nodeId, NodeFunction function, Consumer<NodeSpec> spec) {
    return node(nodeId, register(nodeId, function), spec);
  }

  /** Adds a node with a life cycle. */
  public FlowBuilder node(String nodeId, Node<?> node) {
    return node(nodeId, node, FlowBuilder::plain);
  }

  /** Adds a node with a life cycle, with settings. */
  public FlowBuilder node(String nodeId, Node<?> node, Consumer<NodeSpec> spec) {
    return node(nodeId, register(nodeId, node), spec);
  }

  /** Adds a node whose implementation is registered elsewhere, or built in. */
  public FlowBuilder node(String nodeId, String uses) {
    return node(nodeId, uses, FlowBuilder::plain);
  }

  /** Adds a node whose implementation is registered elsewhere, or built in, with settings. */
  public FlowBuilder node(String nodeId, String uses, Consumer<NodeSpec> spec) {
    NodeSpec collected = new NodeSpec();
    spec.accept(collected);
    return add(collected.define(nodeId, uses));
  }

  /** Adds a node as an asynchronous function. */
  public FlowBuilder nodeAsync(String nodeId, AsyncNodeFunction function) {
    return nodeAsync(nodeId, function, FlowBuilder::plain);
  }

  /** Adds a node as an asynchronous function, with settings. */
  public FlowBuilder nodeAsync(String nodeId, AsyncNodeFunction function, Consumer<NodeSpec> spec) {
    return node(nodeId, register(nodeId, function), spec);
  }

  /** Adds a node that parks until somebody resumes the run; the answer is its output. */
  public FlowBuilder wait(String nodeId) {
    return node(nodeId, BuiltIns.WAIT);
  }

  /** Adds a node that parks until somebody resumes the run, or until its timeout. */
  public FlowBuilder wait(String nodeId, Consumer<NodeSpec> spec) {
    return node(nodeId, BuiltIns.WAIT, spec);
  }

  /** Adds a node that parks for a while and hands on its input. */
  public FlowBuilder sleep(String nodeId, Duration duration) {
    return sleep(nodeId, duration, FlowBuilder::plain);
  }

  /** Adds a node that parks for a while and hands on its input, with settings. */
  public FlowBuilder sleep(String nodeId, Duration duration, Consumer<NodeSpec> spec) {
    Consumer<NodeSpec> timer = node -> node.param("duration", NodeSpec.millis(duration));
    return node(nodeId, BuiltIns.SLEEP, timer.andThen(spec));
  }

  /** Adds a node that asks the webhook registrar for an endpoint; its address is the output. */
  public FlowBuilder webhook(String nodeId) {
    return node(nodeId, BuiltIns.WEBHOOK);
  }

  /** Adds a node that asks the webhook registrar for an endpoint, with settings. */
  public FlowBuilder webhook(String nodeId, Consumer<NodeSpec> spec) {
    return node(nodeId, BuiltIns.WEBHOOK, spec);
  }

  /** Adds a node that runs another flow; the runtime learns to know it together with this one. */
  public FlowBuilder subflow(String nodeId, Flow child) {
    return subflow(nodeId, child, spec -> {});
  }

  /** Adds a node that runs another flow, with settings. */
  public FlowBuilder subflow(String nodeId, Flow child, Consumer<SubflowSpec> spec) {
    Flow known = children.putIfAbsent(child.id(), child);
    if (child.id().equals(id) || (known != null && !known.equals(child))) {
      conflicts.add(
          "Node '" + nodeId + "' runs a flow '" + child.id() + "' and that id is taken already.");
    }
    return subflow(nodeId, child.id(), spec);
  }

  /** Adds a node that runs a blueprint which the runtime knows. */
  public FlowBuilder subflow(String nodeId, String blueprintId) {
    return subflow(nodeId, blueprintId, spec -> {});
  }

  /** Adds a node that runs a blueprint which the runtime knows, with settings. */
  public FlowBuilder subflow(String nodeId, String blueprintId, Consumer<SubflowSpec> spec) {
    SubflowSpec collected = new SubflowSpec();
    spec.accept(collected);
    return add(collected.complete(blueprintId).define(nodeId, BuiltIns.SUBFLOW));
  }

  /**
   * Repeats nodes that are declared elsewhere as long as a condition holds; it is asked before the
   * first iteration if edges lead to the loop, after each one in any case. Edges name the loop.
   *
   * @param condition sees the context keys
   */
  public FlowBuilder loop(String loopId, String condition, Consumer<LoopSpec> spec) {
    LoopSpec collected = new LoopSpec();
    spec.accept(collected);
    declarations.add(collected.declare(loopId, condition));
    return this;
  }

  /** Runs a function for each element of a list. Edges name the batch. */
  public FlowBuilder batch(String batchId, NodeFunction worker, Consumer<BatchSpec> spec) {
    return batch(batchId, register(batchId, worker), spec);
  }

  /** Runs a node with a life cycle for each element of a list. Edges name the batch. */
  public FlowBuilder batch(String batchId, Node<?> worker, Consumer<BatchSpec> spec) {
    return batch(batchId, register(batchId, worker), spec);
  }

  /** Runs a registered implementation for each element of a list. Edges name the batch. */
  public FlowBuilder batch(String batchId, String uses, Consumer<BatchSpec> spec) {
    BatchSpec collected = new BatchSpec();
    spec.accept(collected);
    declarations.add(collected.declare(batchId, uses));
    return this;
  }

  /** Runs an asynchronous function for each element of a list. Edges name the batch. */
  public FlowBuilder batchAsync(
      String batchId, AsyncNodeFunction worker, Consumer<BatchSpec> spec) {
    return batch(batchId, register(batchId, worker), spec);
  }

  /** Adds an edge. */
  public FlowBuilder edge(String source, String target) {
    edges.add(EdgeDefinition.of(source, target));
    return this;
  }

  /** Adds an edge with an action, a condition or a transform. */
  public FlowBuilder edge(String source, String target, Consumer<EdgeSpec> spec) {
    EdgeSpec collected = new EdgeSpec(EdgeDefinition.of(source, target));
    spec.accept(collected);
    edges.add(collected.edge());
    return this;
  }

  /**
   * The flow as declared so far. The builder may be used on, and asked again.
   *
   * @throws FlowcraftException with {@link ErrorCode#BLUEPRINT_INVALID} and every problem found
   */
  public Flow build() {
    List<NodeDefinition> nodes = declarations.stream().flatMap(d -> d.nodes().stream()).toList();
    List<EdgeDefinition> wired = new Wiring(declarations).connect(edges);
    Blueprint blueprint = new Blueprint(id, nodes, wired, withEntryPoints(nodes, wired));
    List<String> problems = new ArrayList<>(new FlowChecks(declarations, blueprint).problems());
    problems.addAll(conflicts);
    if (!problems.isEmpty()) {
      throw new FlowcraftException(ErrorCode.BLUEPRINT_INVALID, message(problems));
    }
    return new Flow(blueprint, registry, List.copyOf(children.values()));
  }

  /** A flow that begins with a loop has no node without incoming edges, so its entry is named. */
  private Map<String, @Nullable Object> withEntryPoints(
      List<NodeDefinition> nodes, List<EdgeDefinition> wired) {
    Set<String> entered = wired.stream().map(EdgeDefinition::target).collect(Collectors.toSet());
    nodes.forEach(node -> entered.add(String.valueOf(node.config().fallback())));
    nodes.forEach(node -> entered.add(String.valueOf(node.config().compensate())));
    boolean started = nodes.stream().anyMatch(node -> !entered.contains(node.id()));
    List<String> entries = started ? List.of() : new Wiring(declarations).freeLoopStarts(edges);
    if (entries.isEmpty() || metadata.containsKey(ENTRY_POINTS)) {
      return metadata;
    }
    Map<String, @Nullable Object> named = new LinkedHashMap<>(metadata);
    named.put(ENTRY_POINTS, entries);
    return named;
  }

  private String message(List<String> problems) {
    return problems.size() == 1
        ? "Flow '" + id + "': " + problems.get(0)
        : "Flow '"
            + id
            + "' has "
            + problems.size()
            + " problems:\n- "
            + String.join("\n- ", problems);
  }

  private FlowBuilder add(NodeDefinition node) {
    declarations.add(new Declaration.Single(node));
    return this;
  }

  private String register(String nodeId, NodeImplementation implementation) {
    // The separator must not occur in the first part, or two flows could meet in one key; and it is
    // one
    // that instance keys need not escape, as the workers of batches are named after it.
    String uses = id.replace("%", "%25").replace(":", "%3A") + ":" + nodeId;
    registry = registry.with(uses, Objects.requireNonNull(implementation, "implementation"));
    return uses;
  }

  private static void plain(NodeSpec spec) {
    // a node without any settings of its own
  }
}
