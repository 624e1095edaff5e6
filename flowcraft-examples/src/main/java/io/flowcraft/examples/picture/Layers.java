package io.flowcraft.examples.picture;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Puts boxes into layers so that arrows lead downwards, and orders each layer so that few of them
 * cross. An arrow that passes a layer holds a place there, so that it does not run through a box.
 */
final class Layers {

  private static final int SWEEPS = 12;

  /** A place in a layer: a box, or where an arrow passes. */
  record Slot(String id, boolean box) {}

  /** The places that an arrow visits, from its beginning to its end. */
  record Way(Arrow arrow, List<Slot> slots) {}

  private final Map<String, Integer> ranks = new LinkedHashMap<>();
  private final List<List<Slot>> layers = new ArrayList<>();
  private final List<Way> ways = new ArrayList<>();
  private final Map<Slot, List<Slot>> above = new HashMap<>();
  private final Map<Slot, List<Slot>> below = new HashMap<>();

  Layers(List<String> boxes, List<Arrow> arrows) {
    List<Arrow> forward = withoutBackArrows(boxes, arrows);
    boxes.forEach(box -> rank(box, forward));
    int depth = ranks.values().stream().mapToInt(rank -> rank + 1).max().orElse(0);
    for (int i = 0; i < depth; i++) {
      layers.add(new ArrayList<>());
    }
    boxes.forEach(box -> layers.get(rankOf(box)).add(new Slot(box, true)));
    for (Arrow arrow : arrows) {
      ways.add(place(arrow));
    }
    for (int sweep = 0; sweep < SWEEPS; sweep++) {
      boolean down = sweep % 2 == 0;
      for (int i = 0; i < depth; i++) {
        sort(down ? i : depth - 1 - i, down ? above : below);
      }
    }
  }

  List<List<Slot>> layers() {
    return layers;
  }

  List<Way> ways() {
    return ways;
  }

  /** The places one layer up, or down, that a place is connected with. */
  List<Slot> neighbours(Slot slot, boolean up) {
    return (up ? above : below).getOrDefault(slot, List.of());
  }

  private static List<Arrow> withoutBackArrows(List<String> boxes, List<Arrow> arrows) {
    List<Arrow> forward = new ArrayList<>(arrows);
    Set<String> done = new HashSet<>();
    boxes.forEach(box -> cutBackArrows(box, forward, new HashSet<>(), done));
    return forward;
  }

  private static void cutBackArrows(
      String box, List<Arrow> forward, Set<String> path, Set<String> done) {
    if (done.contains(box)) {
      return;
    }
    path.add(box);
    for (Arrow arrow : List.copyOf(forward)) {
      if (arrow.source().equals(box)) {
        if (path.contains(arrow.target())) {
          forward.remove(arrow);
        } else {
          cutBackArrows(arrow.target(), forward, path, done);
        }
      }
    }
    path.remove(box);
    done.add(box);
  }

  private int rank(String box, List<Arrow> forward) {
    Integer known = ranks.get(box);
    if (known != null) {
      return known;
    }
    int rank = 0;
    for (Arrow arrow : forward) {
      if (arrow.target().equals(box)) {
        rank = Math.max(rank, rank(arrow.source(), forward) + 1);
      }
    }
    ranks.put(box, rank);
    return rank;
  }

  private int rankOf(String box) {
    return ranks.getOrDefault(box, 0);
  }

  private Way place(Arrow arrow) {
    int from = rankOf(arrow.source());
    int to = rankOf(arrow.target());
    List<Slot> slots = new ArrayList<>();
    slots.add(new Slot(arrow.source(), true));
    int step = from < to ? 1 : -1;
    for (int rank = from + step; from != to && rank != to; rank += step) {
      Slot passing =
          new Slot(arrow.source() + " " + arrow.target() + " " + arrow.label() + " " + rank, false);
      layers.get(rank).add(passing);
      slots.add(passing);
    }
    slots.add(new Slot(arrow.target(), true));
    for (int i = 1; i < slots.size(); i++) {
      Slot upper = slots.get(step > 0 ? i - 1 : i);
      Slot lower = slots.get(step > 0 ? i : i - 1);
      below.computeIfAbsent(upper, key -> new ArrayList<>()).add(lower);
      above.computeIfAbsent(lower, key -> new ArrayList<>()).add(upper);
    }
    return new Way(arrow, List.copyOf(slots));
  }

  /** Every place moves to the middle of those that it is connected with. */
  private void sort(int layer, Map<Slot, List<Slot>> neighbours) {
    List<Slot> slots = layers.get(layer);
    Map<Slot, Integer> positions = new HashMap<>();
    layers.forEach(other -> other.forEach(slot -> positions.put(slot, other.indexOf(slot))));
    Function<Slot, Double> middle =
        slot ->
            neighbours.getOrDefault(slot, List.of()).stream()
                .mapToInt(other -> positions.getOrDefault(other, 0))
                .average()
                .orElse(positions.getOrDefault(slot, 0));
    slots.sort(Comparator.comparing(middle));
  }
}
