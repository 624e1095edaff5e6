package io.flowcraft.memory;

import io.flowcraft.spi.Arrival;
import io.flowcraft.spi.CompletionAnswer.ResolvedJoin;
import io.flowcraft.spi.CompletionAnswer.TakenEdge;
import io.flowcraft.spi.EdgeState;
import io.flowcraft.spi.JoinSpec;
import io.flowcraft.spi.RunState.ArrivedEdge;
import io.flowcraft.spi.RunState.PendingJoin;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A join that is not decided yet: the set of edges that have arrived. The numbers only count the
 * set, so that an arrival costs the same however many edges there are.
 */
final class JoinProgress {

  /** Room for more than this is made when they come. */
  private static final int MOST_ROOM = 1_024;

  private final String target;
  private final Set<String> arrived;
  private final List<TakenEdge> taken;
  private List<ArrivedEdge> missed = List.of();
  private final JoinSpec join;
  private int skipped;
  private int dead;

  /**
   * A join of which no edge has arrived.
   *
   * @param join decides it
   */
  JoinProgress(String target, JoinSpec join) {
    int room = Math.min(join.expected(), MOST_ROOM);
    this.join = join;
    this.target = target;
    this.arrived = new HashSet<>(2 * room);
    this.taken = new ArrayList<>(room);
  }

  /** The decision of a join with one edge, which needs no memory. */
  static ResolvedJoin ofSingle(Arrival arrival, String source) {
    EdgeState state = arrival.state();
    boolean taken = state == EdgeState.TAKEN;
    JoinSpec.State decision =
        arrival
            .join()
            .decide(
                taken ? 1 : 0, state == EdgeState.SKIPPED ? 1 : 0, state == EdgeState.DEAD ? 1 : 0);
    List<TakenEdge> edges = taken ? List.of(new TakenEdge(arrival.edge(), source)) : List.of();
    return new ResolvedJoin(arrival.target(), decision, edges);
  }

  /** Adds an edge, once; the join, if that decides it. */
  @Nullable ResolvedJoin arrive(Arrival arrival, String source) {
    if (!add(arrival.edge(), source, arrival.state())) {
      return null;
    }
    JoinSpec.State state = arrival.join().decide(taken.size(), skipped, dead);
    return state == JoinSpec.State.PENDING
        ? null
        : new ResolvedJoin(
            target,
            state,
            Collections.unmodifiableList(taken),
            missed.isEmpty() ? List.of() : missed.stream().map(ArrivedEdge::source).toList());
  }

  /** Adds an edge without asking what it decides; false if it has arrived before. */
  boolean add(String edge, String source, EdgeState state) {
    if (!arrived.add(edge)) {
      return false;
    }
    switch (state) {
      case TAKEN -> taken.add(new TakenEdge(edge, source));
      case SKIPPED -> skipped++;
      case DEAD -> dead++;
    }
    if (state != EdgeState.TAKEN) {
      if (missed.isEmpty()) {
        missed = new ArrayList<>();
      }
      missed.add(new ArrivedEdge(edge, source, state));
    }
    return true;
  }

  /** What has arrived. */
  PendingJoin state() {
    List<ArrivedEdge> edges = new ArrayList<>(taken.size() + missed.size());
    taken.forEach(e -> edges.add(new ArrivedEdge(e.edge(), e.source(), EdgeState.TAKEN)));
    edges.addAll(missed);
    return new PendingJoin(target, join, edges);
  }
}
