package io.flowcraft.testkit.golden;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Nodes of a blueprint that no edges bring into an order, of which one writes a context value that
 * the other one reads or writes. What comes of them is a matter of the schedule: the recordings
 * show that of the original's rounds.
 */
final class Races {

  private static final Pattern NAME = Pattern.compile("[\\w-]+");

  private static final Set<String> WRITERS = Set.of("set", "count", "countTo", "append", "del");

  private final Map<String, List<String>> sources = new HashMap<>();
  private final Map<String, Set<String>> before = new HashMap<>();
  private final Map<String, Set<String>> reads = new HashMap<>();
  private final Map<String, Set<String>> writes = new HashMap<>();
  private final Map<String, String> standIns = new HashMap<>();
  private final Set<String> impatient = new HashSet<>();

  private Races(Map<String, @Nullable Object> blueprint) {
    Tree.list(blueprint.get("nodes")).forEach(node -> addNode(Tree.map(node)));
    Tree.list(blueprint.get("edges")).forEach(edge -> addEdge(Tree.map(edge)));
    standIns.forEach(
        (added, standIn) -> merge(writes, added, writes.getOrDefault(standIn, Set.of())));
    order();
  }

  private static void merge(Map<String, Set<String>> sets, String key, Set<String> more) {
    sets.computeIfAbsent(key, id -> new HashSet<>()).addAll(more);
  }

  /** Whether there are any in the blueprints of a case. */
  static boolean in(GoldenCase golden) {
    return golden.blueprints().values().stream().anyMatch(raw -> new Races(raw).areThere());
  }

  private void addNode(Map<String, @Nullable Object> node) {
    String id = Tree.text(node, "id");
    Map<String, @Nullable Object> params = Tree.map(node.get("params"));
    Set<String> written = new HashSet<>(Set.of(id));
    if (WRITERS.contains(Tree.text(node, "uses"))) {
      written.add(Tree.text(params, "key"));
      written.add(Tree.text(params, "flag"));
    }
    written.remove("");
    sources.put(id, new ArrayList<>());
    before.put(id, new HashSet<>());
    writes.put(id, written);
    reads.put(id, new HashSet<>());
    addNames(node.get("inputs"), reads.get(id));
    addNames(params.get("key"), reads.get(id));
    addNames(params.get("keys"), reads.get(id));
    // A node that is added later is behind the one that adds it; its stand-in is executed for it.
    for (Object data : Tree.list(params.get("nodes"))) {
      Map<String, @Nullable Object> added = Tree.map(data);
      addNode(added);
      addEdge(Map.of("source", id, "target", Tree.text(added, "id")));
      String fallback = Tree.text(Tree.map(added.get("config")), "fallback");
      standIns.put(Tree.text(added, "id"), fallback);
    }
    Object strategy = Tree.map(node.get("config")).get("joinStrategy");
    boolean loops = "loop-controller".equals(node.get("uses"));
    if (strategy != null && !"all".equals(strategy) && !loops) {
      impatient.add(id);
    }
  }

  private void addEdge(Map<String, @Nullable Object> edge) {
    String source = Tree.text(edge, "source");
    sources.getOrDefault(Tree.text(edge, "target"), new ArrayList<>()).add(source);
    addNames(edge.get("condition"), reads.get(source));
  }

  private static void addNames(@Nullable Object data, @Nullable Set<String> names) {
    if (names == null) {
      return;
    }
    if (data instanceof String text) {
      Matcher matcher = NAME.matcher(text);
      while (matcher.find()) {
        names.add(matcher.group());
      }
    } else if (data instanceof Map<?, ?> map) {
      map.values().forEach(value -> addNames(value, names));
    } else if (data instanceof List<?> list) {
      list.forEach(value -> addNames(value, names));
    }
  }

  /** Finds out which nodes have ended for certain when a node begins. */
  private void order() {
    boolean changed = true;
    while (changed) {
      changed = false;
      for (Map.Entry<String, Set<String>> node : before.entrySet()) {
        changed |= node.getValue().addAll(endedBefore(node.getKey()));
      }
    }
  }

  private Set<String> endedBefore(String nodeId) {
    Set<String> ended = null;
    for (String source : sources.getOrDefault(nodeId, List.of())) {
      Set<String> upToHere = new HashSet<>(before.getOrDefault(source, Set.of()));
      upToHere.add(source);
      if (ended == null) {
        ended = upToHere;
      } else if (impatient.contains(nodeId)) {
        ended.retainAll(upToHere);
      } else {
        ended.addAll(upToHere);
      }
    }
    return ended == null ? Set.of() : ended;
  }

  private boolean areThere() {
    if (impatient.stream().anyMatch(this::takesWhoeverIsFirst)) {
      return true;
    }
    for (String writer : writes.keySet()) {
      for (String other : writes.keySet()) {
        if (!writer.equals(other) && !isOrdered(writer, other) && meet(writer, other)) {
          return true;
        }
      }
    }
    return false;
  }

  /** The input of a join that does not wait for all depends on who is first. */
  private boolean takesWhoeverIsFirst(String join) {
    List<String> candidates = sources.getOrDefault(join, List.of());
    return candidates.stream()
        .anyMatch(
            one ->
                candidates.stream()
                    .anyMatch(other -> !one.equals(other) && !isOrdered(one, other)));
  }

  private boolean isOrdered(String one, String other) {
    return contains(before, one, other) || contains(before, other, one);
  }

  private boolean meet(String writer, String other) {
    return writes.getOrDefault(writer, Set.of()).stream()
        .anyMatch(key -> contains(reads, other, key) || contains(writes, other, key));
  }

  private static boolean contains(Map<String, Set<String>> sets, String key, String member) {
    return sets.getOrDefault(key, Set.of()).contains(member);
  }
}
