package io.flowcraft.runtime.internal.engine;

import io.flowcraft.blueprint.InputMapping;
import io.flowcraft.runtime.internal.graph.Graph;
import io.flowcraft.runtime.internal.graph.GraphEdge;
import io.flowcraft.runtime.internal.graph.Instance;
import io.flowcraft.spi.CompletionAnswer.TakenEdge;
import io.flowcraft.spi.EdgeDecision;
import io.flowcraft.spi.Outcome;
import io.flowcraft.spi.Payload;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Knows what taken edges deliver: from the instance that was just decided, and from others. */
final class Sources {

  private static final String BARRIER = "/*";

  private final Graph graph;
  private final @Nullable Resolution cause;
  private final @Nullable Payload inherited;
  private final Map<String, Outcome> others;
  private final boolean transforms;

  /**
   * Sources.
   *
   * @param cause the instance that was just decided; null for none
   * @param inherited what a stand-in inherits
   * @param others the outcomes of other instances, by their keys
   */
  Sources(
      Graph graph,
      @Nullable Resolution cause,
      @Nullable Payload inherited,
      Map<String, Outcome> others) {
    this.graph = graph;
    this.cause = cause;
    this.inherited = inherited;
    this.others = others;
    this.transforms = cause != null && mayTransform(cause.instance());
  }

  /** The instance that a taken edge comes from. */
  static String of(TakenEdge edge) {
    String source = edge.source();
    int length = source.length();
    return length > 0 && source.charAt(length - 1) == '*' && source.endsWith(BARRIER)
        ? source.substring(0, source.length() - BARRIER.length())
        : source;
  }

  /** Whether an instance is the one that was just decided. */
  boolean isOwn(String source) {
    return cause != null && cause.instance().key().equals(source);
  }

  /** What the taken edges of a join deliver to an instance, in the order of the blueprint. */
  List<Delivered> inputs(Instance target, List<TakenEdge> taken) {
    if (taken.size() == 1) {
      Delivered only = delivered(target, taken.get(0));
      return only == null ? List.of() : List.of(only);
    }
    for (TakenEdge edge : taken) {
      if (isOurs(edge)) {
        return together(target, taken);
      }
    }
    return new InOrder(this, taken);
  }

  /** The edges of the engine come first; they deliver what no other edge does. */
  private List<Delivered> together(Instance target, List<TakenEdge> taken) {
    List<Delivered> all = new ArrayList<>(taken.size());
    List<TakenEdge> edges = new ArrayList<>(taken.size());
    for (TakenEdge edge : taken) {
      Delivered own = isOurs(edge) ? delivered(target, edge) : null;
      if (own != null) {
        all.add(own);
      } else if (!isOurs(edge)) {
        edges.add(edge);
      }
    }
    all.addAll(new InOrder(this, edges));
    return all;
  }

  private static boolean isOurs(TakenEdge edge) {
    return startsOnly(edge) || edge.edge().equals(Resolver.STAND_IN);
  }

  /** Whether an edge lets an instance start, and delivers no output to it. */
  static boolean startsOnly(TakenEdge edge) {
    return edge.edge().equals(Resolver.ADDED) || edge.edge().equals(Lanes.NEXT);
  }

  private @Nullable Delivered delivered(Instance target, TakenEdge taken) {
    if (taken.edge().equals(Resolver.ADDED)) {
      return element(target);
    }
    if (taken.edge().equals(Lanes.NEXT)) {
      return null;
    }
    if (taken.edge().equals(Resolver.STAND_IN)) {
      return new Delivered(null, inherited);
    }
    GraphEdge edge = graph.edge(Integer.parseInt(taken.edge()));
    return new Delivered(edge, value(edge, of(taken)));
  }

  /** The element of a batch that a worker is for, so that it need not read it. */
  private @Nullable Delivered element(Instance worker) {
    if (cause != null
        && cause.detail() != null
        && cause.detail().containsKey(Detail.BATCH)
        && worker.node().definition().inputs() instanceof InputMapping.Single key) {
      Payload element = cause.writes().get(key.source());
      return element == null ? null : new Delivered(null, element);
    }
    return null;
  }

  private @Nullable Payload value(GraphEdge edge, String source) {
    if (cause != null && isOwn(source)) {
      return transforms ? value(edge, cause.routing(), cause.output()) : cause.output();
    }
    Outcome outcome = others.get(source);
    return outcome == null ? null : value(edge, outcome.routing(), outcome.output());
  }

  private static @Nullable Payload value(
      GraphEdge edge, List<EdgeDecision> routing, @Nullable Payload output) {
    for (int i = 0; i < routing.size(); i++) {
      EdgeDecision decision = routing.get(i);
      if (decision.edge() == edge.index() && decision.transformed()) {
        return decision.value();
      }
    }
    return output;
  }

  /** A stand-in decides the edges of others, too. */
  private static boolean mayTransform(Instance instance) {
    return instance.node().transforms() || instance.path().standsInFor() != null;
  }

  /** Looks a value up when somebody wants it: of many inputs, most nodes want the last. */
  private static final class InOrder extends AbstractList<Delivered> {

    private final Sources sources;
    private final List<TakenEdge> taken;

    /** In the upper half the place of the edge in the blueprint, in the lower half in the list. */
    private final long[] order;

    InOrder(Sources sources, List<TakenEdge> taken) {
      this.sources = sources;
      this.taken = taken;
      this.order = new long[taken.size()];
      for (int i = 0; i < order.length; i++) {
        order[i] = ((long) Integer.parseInt(taken.get(i).edge()) << Integer.SIZE) | i;
      }
      Arrays.sort(order);
    }

    @Override
    public Delivered get(int index) {
      TakenEdge edge = taken.get((int) order[index]);
      GraphEdge known = sources.graph.edge((int) (order[index] >>> Integer.SIZE));
      return new Delivered(known, sources.value(known, of(edge)));
    }

    @Override
    public int size() {
      return order.length;
    }
  }
}
