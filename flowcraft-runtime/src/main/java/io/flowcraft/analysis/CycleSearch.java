package io.flowcraft.analysis;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds cycles by one depth-first walk without recursion. Each edge that leads back onto the
 * current way closes a cycle, so that each is found once and a graph without such edges has none.
 */
final class CycleSearch {

  /** A dense graph has more cycles than memory holds; those found first are enough to act on. */
  private static final int MAX_LISTED_IDS = 1_000_000;

  private final Shape shape;
  private final List<List<String>> cycles = new ArrayList<>();
  private final Set<String> seen = new HashSet<>();
  private final List<String> way = new ArrayList<>();
  private final List<Iterator<String>> branches = new ArrayList<>();
  private final Map<String, Integer> placeOnWay = new HashMap<>();
  private int listedIds;

  private CycleSearch(Shape shape) {
    this.shape = shape;
  }

  /** The cycles, each with its first id repeated at its end. */
  static List<List<String>> cycles(Shape shape) {
    CycleSearch search = new CycleSearch(shape);
    shape.ids().forEach(search::walkFrom);
    return List.copyOf(search.cycles);
  }

  private void walkFrom(String start) {
    if (seen.contains(start)) {
      return;
    }
    enter(start);
    while (!way.isEmpty()) {
      int last = way.size() - 1;
      Iterator<String> branch = branches.get(last);
      if (branch.hasNext()) {
        follow(branch.next());
      } else {
        placeOnWay.remove(way.remove(last));
        branches.remove(last);
      }
    }
  }

  private void follow(String next) {
    Integer place = placeOnWay.get(next);
    if (place != null) {
      addCycle(place);
    } else if (!seen.contains(next)) {
      enter(next);
    }
  }

  private void enter(String id) {
    seen.add(id);
    placeOnWay.put(id, way.size());
    way.add(id);
    branches.add(shape.successors(id).iterator());
  }

  private void addCycle(int from) {
    int length = way.size() - from + 1;
    if (!cycles.isEmpty() && listedIds + length > MAX_LISTED_IDS) {
      return;
    }
    listedIds += length;
    List<String> cycle = new ArrayList<>(length);
    cycle.addAll(way.subList(from, way.size()));
    cycle.add(way.get(from));
    cycles.add(List.copyOf(cycle));
  }
}
