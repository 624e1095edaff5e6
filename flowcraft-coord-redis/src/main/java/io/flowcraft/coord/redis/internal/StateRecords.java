package io.flowcraft.coord.redis.internal;

import io.flowcraft.spi.EdgeState;
import io.flowcraft.spi.RunState;
import io.flowcraft.spi.RunState.ArrivedEdge;
import io.flowcraft.spi.RunState.PendingJoin;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The state of a run as the records of {@code fill.lua}, in parts that do not hold Redis up. */
final class StateRecords {

  /** The most arguments of a call. */
  private static final int LARGEST_PART = 6_000;

  private final List<List<Object>> parts = new ArrayList<>();
  private List<Object> part = new ArrayList<>();
  private final Set<String> decided;
  private final Set<String> open;
  private int parked;
  private int fields;

  StateRecords(RunState state) {
    this.decided = new HashSet<>(state.decided());
    this.open = new HashSet<>(state.open());
    open.removeAll(decided);
    Set<String> waiting = new HashSet<>(state.parked());
    decided.forEach(id -> add(1, "X", id));
    for (String id : open) {
      boolean waits = waiting.contains(id);
      parked += waits ? 1 : 0;
      add(1, waits ? "P" : "O", id);
    }
    state.joins().forEach(this::add);
    parts.add(part);
  }

  private void add(PendingJoin join) {
    String target = join.target();
    if (decided.contains(target) || open.contains(target)) {
      return;
    }
    Set<String> edges = new HashSet<>();
    Map<EdgeState, Integer> counts = new EnumMap<>(EdgeState.class);
    for (ArrivedEdge edge : join.arrived()) {
      if (edges.add(edge.edge())) {
        counts.merge(edge.state(), 1, Integer::sum);
        add(
            2,
            "A",
            target,
            String.valueOf(edges.size()),
            edge.edge(),
            edge.source(),
            Letters.of(edge.state()));
      }
    }
    add(
        1,
        "J",
        target,
        count(counts, EdgeState.TAKEN),
        count(counts, EdgeState.SKIPPED),
        count(counts, EdgeState.DEAD));
  }

  private static String count(Map<EdgeState, Integer> counts, EdgeState state) {
    return Integer.toString(counts.getOrDefault(state, 0));
  }

  private void add(int written, Object... record) {
    if (part.size() + record.length > LARGEST_PART) {
      parts.add(part);
      part = new ArrayList<>();
    }
    part.addAll(List.of(record));
    fields += written;
  }

  /** At least one. */
  List<List<Object>> parts() {
    return parts;
  }

  int open() {
    return open.size();
  }

  int parked() {
    return parked;
  }

  /** How many fields of the hash all parts write. */
  int fields() {
    return fields;
  }
}
