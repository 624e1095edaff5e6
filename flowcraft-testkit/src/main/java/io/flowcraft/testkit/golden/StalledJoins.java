package io.flowcraft.testkit.golden;

import io.flowcraft.blueprint.BuiltIns;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Recognises quirk Q04 in a recording that is not marked with it: an all-join that never started
 * although the recording itself shows every incoming edge decided, at least one taken, and no
 * failure before it. The recorder noticed the quirk by the status {@code completed} of a stalled
 * run; in a run that failed for another reason it could not.
 *
 * <p>Looks at nothing but the recording, and only at plain cases: one step that came to an end, no
 * loop, every node id once.
 */
final class StalledJoins {

  private enum Fate {
    DONE,
    FAILED,
    SKIPPED
  }

  private enum Decision {
    TAKEN,
    SKIPPED,
    DEAD
  }

  private record Edge(
      String source, String target, String action, String condition, int position) {}

  private final Map<String, Map<String, @Nullable Object>> nodes = new HashMap<>();
  private final List<Edge> edges = new ArrayList<>();
  private final Map<String, Map<String, @Nullable Object>> results = new HashMap<>();
  private final Set<String> failed = new HashSet<>();
  private final Set<String> started = new HashSet<>();
  private final Set<String> fallbacks = new HashSet<>();
  private final Map<String, Boolean> conditions = new HashMap<>();
  private final Map<String, Fate> fates = new HashMap<>();
  private final Map<Edge, Decision> decisions = new HashMap<>();

  private StalledJoins(GoldenCase golden) {
    Map<String, @Nullable Object> blueprint = golden.mainBlueprint();
    for (Object element : Tree.list(blueprint.get("nodes"))) {
      Map<String, @Nullable Object> node = Tree.map(element);
      nodes.put(Tree.text(node, "id"), node);
      fallbacks.add(Tree.text(Tree.map(node.get("config")), "fallback"));
    }
    for (Object element : Tree.list(blueprint.get("edges"))) {
      Map<String, @Nullable Object> edge = Tree.map(element);
      edges.add(
          new Edge(
              Tree.text(edge, "source"),
              Tree.text(edge, "target"),
              Tree.text(edge, "action"),
              Tree.text(edge, "condition"),
              edges.size()));
    }
  }

  /** Whether the recording shows such a join. */
  static boolean in(GoldenCase golden) {
    if (golden.steps().size() != 1 || golden.expected().size() != 1) {
      return false;
    }
    StepOutcome outcome = golden.expected().get(0).outcome();
    List<@Nullable Object> events = outcome.events();
    if (!"failed".equals(outcome.status()) || events == null) {
      return false;
    }
    StalledJoins joins = new StalledJoins(golden);
    if (joins.nodes.values().stream()
        .anyMatch(node -> BuiltIns.LOOP_CONTROLLER.equals(node.get("uses")))) {
      return false;
    }
    events.forEach(event -> joins.learn(Tree.map(event)));
    return joins.found();
  }

  private void learn(Map<String, @Nullable Object> event) {
    String node = Tree.text(event, "nodeId");
    switch (Tree.text(event, "type")) {
      case "node:start" -> started.add(node);
      case "node:finish" -> results.put(node, Tree.map(event.get("result")));
      case "node:error" -> failed.add(node);
      case "edge:evaluate" ->
          conditions.put(
              Tree.text(event, "source")
                  + " "
                  + Tree.text(event, "target")
                  + " "
                  + Tree.text(event, "condition"),
              Boolean.TRUE.equals(event.get("result")));
      default -> {}
    }
  }

  private boolean found() {
    boolean progress = true;
    while (progress) {
      progress = false;
      for (Map.Entry<String, Map<String, @Nullable Object>> node : nodes.entrySet()) {
        String id = node.getKey();
        if (fates.containsKey(id)) {
          continue;
        }
        if (stalled(id)) {
          return true;
        }
        Fate fate = fate(id);
        if (fate != null) {
          fates.put(id, fate);
          decideEdges(id, fate);
          progress = true;
        }
      }
    }
    return false;
  }

  private List<Edge> incoming(String id) {
    return edges.stream()
        .filter(edge -> edge.target().equals(id) && nodes.containsKey(edge.source()))
        .toList();
  }

  private boolean stalled(String id) {
    Map<String, @Nullable Object> node = nodes.getOrDefault(id, Map.of());
    if (started.contains(id)
        || fallbacks.contains(id)
        || isAnyJoin(node)
        || BuiltIns.BATCH_GATHER.equals(node.get("uses"))) {
      return false;
    }
    List<@Nullable Decision> decided = decisions(id);
    return decided.contains(Decision.TAKEN)
        && !decided.contains(null)
        && !decided.contains(Decision.DEAD);
  }

  private List<@Nullable Decision> decisions(String id) {
    List<@Nullable Decision> decided = new ArrayList<>();
    incoming(id).forEach(edge -> decided.add(decisions.get(edge)));
    return decided;
  }

  private static boolean isAnyJoin(Map<String, @Nullable Object> node) {
    return "any".equals(Tree.map(node.get("config")).get("joinStrategy"));
  }

  private @Nullable Fate fate(String id) {
    if (results.containsKey(id)) {
      return Fate.DONE;
    }
    if (failed.contains(id)) {
      return Fate.FAILED;
    }
    List<@Nullable Decision> decided = decisions(id);
    boolean any = isAnyJoin(nodes.getOrDefault(id, Map.of()));
    if (started.contains(id)
        || decided.isEmpty()
        || (any && decided.contains(Decision.TAKEN))
        || (decided.contains(null) && (any || !decided.contains(Decision.DEAD)))) {
      return null;
    }
    return decided.contains(Decision.DEAD) ? Fate.FAILED : Fate.SKIPPED;
  }

  private void decideEdges(String id, Fate fate) {
    List<Edge> outgoing = edges.stream().filter(edge -> edge.source().equals(id)).toList();
    String action = Tree.text(results.getOrDefault(id, Map.of()), "action");
    List<Edge> chosen = chosen(outgoing, action);
    for (Edge edge : outgoing) {
      Decision ofFinished = chosen.contains(edge) ? Decision.TAKEN : Decision.SKIPPED;
      decisions.put(
          edge,
          switch (fate) {
            case DONE -> ofFinished;
            case FAILED -> Decision.DEAD;
            case SKIPPED -> Decision.SKIPPED;
          });
    }
  }

  private List<Edge> chosen(List<Edge> outgoing, String action) {
    List<Edge> byAction =
        outgoing.stream()
            .filter(edge -> !action.isEmpty() && edge.action().equals(action) && holds(edge))
            .toList();
    return byAction.isEmpty()
        ? outgoing.stream().filter(edge -> edge.action().isEmpty() && holds(edge)).toList()
        : byAction;
  }

  private boolean holds(Edge edge) {
    return edge.condition().isEmpty()
        || conditions.getOrDefault(
            edge.source() + " " + edge.target() + " " + edge.condition(), false);
  }
}
