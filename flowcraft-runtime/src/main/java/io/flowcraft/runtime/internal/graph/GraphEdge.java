package io.flowcraft.runtime.internal.graph;

import io.flowcraft.blueprint.EdgeDefinition;
import io.flowcraft.spi.Arrival;
import io.flowcraft.spi.EdgeDecision;
import io.flowcraft.spi.EdgeState;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An edge with everything about it that does not change from run to run. */
public final class GraphEdge {

  private final int index;
  private final String id;
  private final EdgeDefinition definition;
  private final GraphNode source;
  private final @Nullable GraphNode target;
  private final EdgeDecision taken;
  private final EdgeDecision skipped;
  private final EdgeDecision dead;
  private final List<EdgeDecision> takenAlone;
  private @Nullable Arrival rootTaken;
  private @Nullable Arrival rootSkipped;
  private @Nullable Arrival rootDead;
  private boolean back;
  private boolean cut;
  private int commonDepth;
  private @Nullable Loop leaves;

  GraphEdge(int index, EdgeDefinition definition, GraphNode source, @Nullable GraphNode target) {
    this.index = index;
    this.id = Integer.toString(index);
    this.definition = definition;
    this.source = source;
    this.target = target;
    this.taken = new EdgeDecision(index, EdgeState.TAKEN, false, null);
    this.takenAlone = List.of(taken);
    this.skipped = new EdgeDecision(index, EdgeState.SKIPPED, false, null);
    this.dead = new EdgeDecision(index, EdgeState.DEAD, false, null);
  }

  /** Where the loops of the edge's ends begin to differ; set once all loops are known. */
  void place(int newCommonDepth, @Nullable Loop outermostLeft) {
    this.commonDepth = newCommonDepth;
    this.leaves = outermostLeft;
  }

  void markBack(boolean iterates) {
    back = true;
    cut = !iterates;
  }

  /** This edge alone, taken, without a value of its own. */
  public List<EdgeDecision> takenAlone() {
    return takenAlone;
  }

  /** The arrival at the end of this edge outside loops; only for an edge between such nodes. */
  public Arrival rootArrival(EdgeState state) {
    Arrival arrival =
        switch (state) {
          case TAKEN -> rootTaken;
          case SKIPPED -> rootSkipped;
          case DEAD -> rootDead;
        };
    return Objects.requireNonNull(arrival, "not a plain edge");
  }

  /** Whether {@link #rootArrival} can be asked. */
  public boolean isPlain() {
    return rootTaken != null;
  }

  /** Prepares what most edges need; called when joins and loops are known. */
  void prepare() {
    if (target == null || cut || back || source.loop() != null || target.loop() != null) {
      return;
    }
    String key = target.key();
    rootTaken = new Arrival(key, id, EdgeState.TAKEN, target.join(Path.ROOT));
    rootSkipped = new Arrival(key, id, EdgeState.SKIPPED, target.join(Path.ROOT));
    rootDead = new Arrival(key, id, EdgeState.DEAD, target.join(Path.ROOT));
  }

  /** The decision about this edge, without a value of its own. */
  public EdgeDecision decided(EdgeState state) {
    return switch (state) {
      case TAKEN -> taken;
      case SKIPPED -> skipped;
      case DEAD -> dead;
    };
  }

  /** The place in the blueprint; behind its end for edges that the engine adds. */
  public int index() {
    return index;
  }

  /** The index as text. */
  public String id() {
    return id;
  }

  /** The blueprint's edge. */
  public EdgeDefinition definition() {
    return definition;
  }

  /** Where it begins. */
  public GraphNode source() {
    return source;
  }

  /** Where it leads; null if the blueprint has no such node. */
  public @Nullable GraphNode target() {
    return target;
  }

  /** Whether it leads back to the header of a loop and begins the next iteration. */
  public boolean isBack() {
    return back;
  }

  /** Whether it leads back but can't begin anything, because its target runs only once. */
  public boolean isCut() {
    return cut;
  }

  /** The outermost loop that it leaves; null if it leaves none. */
  public @Nullable Loop leaves() {
    return leaves;
  }

  /** The instance that it leads to. Only for an edge with a target. */
  public Instance targetOf(Path sourcePath) {
    GraphNode end = Objects.requireNonNull(target, "target");
    if (sourcePath.isRoot() && end.loop() == null) {
      return end.rootInstance();
    }
    Path path = sourcePath.ancestor(commonDepth);
    Loop endLoop = end.loop();
    if (back && endLoop != null) {
      int next = sourcePath.ancestor(endLoop.depth()).iteration() + 1;
      return end.at(path.enter(endLoop, next));
    }
    return end.at(enter(path, endLoop, commonDepth));
  }

  private static Path enter(Path path, @Nullable Loop loop, int depth) {
    if (loop == null || loop.depth() <= depth) {
      return path;
    }
    return enter(path, loop.parent(), depth).enter(loop, 0);
  }

  @Override
  public String toString() {
    return definition.source() + " -> " + definition.target();
  }
}
