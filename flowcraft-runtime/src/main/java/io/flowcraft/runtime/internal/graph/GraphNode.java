package io.flowcraft.runtime.internal.graph;

import io.flowcraft.blueprint.BuiltIns;
import io.flowcraft.blueprint.NodeDefinition;
import io.flowcraft.spi.JoinSpec;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A node with its edges, its loops and its joins. */
public final class GraphNode {

  private final NodeDefinition definition;
  private final boolean declared;
  private final String key;
  private final Instance rootInstance;
  private final List<GraphEdge> out;
  private final List<GraphEdge> in;
  private final List<GraphNode> fallbackOf;
  private @Nullable Loop loop;
  private @Nullable GraphNode fallback;
  private @Nullable String creator;
  private boolean transforms;
  private JoinSpec entryJoin = JoinSpec.SINGLE;
  private JoinSpec backJoin = JoinSpec.SINGLE;

  /**
   * A node.
   *
   * @param declared whether the blueprint declares it; otherwise only an edge speaks of it, or it
   *     was added by another node
   */
  GraphNode(NodeDefinition definition, boolean declared) {
    this(definition, declared, new ArrayList<>(2), new ArrayList<>(2), new ArrayList<>(0));
  }

  private GraphNode(
      NodeDefinition definition,
      boolean declared,
      List<GraphEdge> out,
      List<GraphEdge> in,
      List<GraphNode> fallbackOf) {
    this.definition = definition;
    this.declared = declared;
    this.out = out;
    this.in = in;
    this.fallbackOf = fallbackOf;
    this.key = InstanceKeys.escape(definition.id());
    this.rootInstance = new Instance(this, Path.ROOT);
  }

  /** A node that another node has added; it has the edges that the blueprint holds ready for it. */
  public static GraphNode added(
      NodeDefinition definition,
      String creator,
      @Nullable GraphNode placeholder,
      @Nullable GraphNode fallback) {
    List<GraphEdge> out = placeholder == null ? List.of() : placeholder.out;
    GraphNode node = new GraphNode(definition, false, out, List.of(), List.of());
    node.creator = creator;
    node.transforms = placeholder != null && placeholder.transforms;
    node.fallback = fallback;
    node.loop = placeholder == null ? null : placeholder.loop;
    return node;
  }

  void join(Loop newLoop) {
    loop = newLoop;
  }

  void fallback(GraphNode node) {
    fallback = node;
    node.fallbackOf.add(this);
  }

  void joins(JoinSpec entry, JoinSpec back) {
    entryJoin = entry;
    backJoin = back;
  }

  /** The blueprint's node. */
  public NodeDefinition definition() {
    return definition;
  }

  /** The id. */
  public String id() {
    return definition.id();
  }

  /** The id in the form that is safe within instance keys. */
  public String key() {
    return key;
  }

  /** Whether the blueprint declares it. */
  public boolean isDeclared() {
    return declared;
  }

  /** The id of the node that has added it, or null. */
  public @Nullable String creator() {
    return creator;
  }

  /** The outgoing edges in the order of the blueprint. */
  public List<GraphEdge> out() {
    return out;
  }

  /** The incoming edges in the order of the blueprint. */
  public List<GraphEdge> in() {
    return in;
  }

  /** An edge is to leave it. */
  void leaving(GraphEdge edge) {
    String transform = edge.definition().transform();
    out.add(edge);
    transforms |= transform != null && !transform.isEmpty();
  }

  /** Whether one of its outgoing edges transforms what it delivers. */
  public boolean transforms() {
    return transforms;
  }

  /** The innermost loop around it, or null. */
  public @Nullable Loop loop() {
    return loop;
  }

  /** Whether it is the header of its innermost loop. */
  public boolean isHeader() {
    return loop != null && loop.header() == this;
  }

  /** Whether it is a loop controller. */
  public boolean isController() {
    return BuiltIns.LOOP_CONTROLLER.equals(definition.uses());
  }

  /** The node that stands in for it, or null. */
  public @Nullable GraphNode fallback() {
    return fallback;
  }

  /** The nodes that it stands in for. */
  public List<GraphNode> fallbackOf() {
    return fallbackOf;
  }

  /** Whether it runs only as a stand-in: no edge leads to it. */
  public boolean isFallbackOnly() {
    return !fallbackOf.isEmpty() && in.isEmpty();
  }

  /** The join over the edges that begin the iteration at this path. */
  public JoinSpec join(Path path) {
    return isHeader() && path.iteration() > 0 ? backJoin : entryJoin;
  }

  /** The instance outside all loops. */
  public Instance rootInstance() {
    return rootInstance;
  }

  /** The instance at a path. */
  public Instance at(Path path) {
    return path.isRoot() ? rootInstance : new Instance(this, path);
  }

  @Override
  public String toString() {
    return definition.id();
  }
}
