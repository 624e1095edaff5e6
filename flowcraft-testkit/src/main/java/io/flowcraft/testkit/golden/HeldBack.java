package io.flowcraft.testkit.golden;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Recognises in a recording that a pause held back what did not wait: the original stops behind the
 * round in which a node begins to wait, and the other branches go on with the next resume only.
 * Ours lets them run on. The mark is a node that starts in a resuming step although no path leads
 * to it from any node that waited.
 */
final class HeldBack {

  private final GoldenCase golden;
  private final PauseRule pauses;

  HeldBack(GoldenCase golden) {
    this.golden = golden;
    this.pauses = new PauseRule(golden);
  }

  /** Whether the recording shows it. */
  boolean isRecorded() {
    for (int i = 1; i < golden.steps().size(); i++) {
      GoldenStep step = golden.steps().get(i);
      int before = step.from() >= 0 ? step.from() : i - 1;
      if (step.resume()
          && startsUnreachable(golden.expected().get(before), golden.expected().get(i))) {
        return true;
      }
    }
    return false;
  }

  private boolean startsUnreachable(ExpectedStep before, ExpectedStep step) {
    Set<String> waiting = pauses.waiting(before.outcome().context());
    List<@Nullable Object> events = step.outcome().events();
    if (waiting.isEmpty() || events == null) {
      return false;
    }
    Map<String, @Nullable Object> main = golden.mainBlueprint();
    Set<String> reachable = reachable(main, waiting);
    return events.stream()
        .map(Tree::map)
        .filter(event -> "node:start".equals(event.get("type")))
        .filter(event -> Tree.text(main, "id").equals(event.get("blueprintId")))
        .anyMatch(
            event ->
                isNode(main, event.get("nodeId"))
                    && !reachable.contains(Tree.text(event, "nodeId")));
  }

  private static boolean isNode(Map<String, @Nullable Object> blueprint, @Nullable Object id) {
    return Tree.list(blueprint.get("nodes")).stream()
        .anyMatch(node -> Tree.text(Tree.map(node), "id").equals(id));
  }

  private static Set<String> reachable(Map<String, @Nullable Object> blueprint, Set<String> from) {
    Set<String> seen = new HashSet<>();
    Deque<String> open = new ArrayDeque<>(from);
    while (!open.isEmpty()) {
      String id = open.pop();
      for (Object element : Tree.list(blueprint.get("edges"))) {
        Map<String, @Nullable Object> edge = Tree.map(element);
        if (id.equals(edge.get("source")) && seen.add(Tree.text(edge, "target"))) {
          open.push(Tree.text(edge, "target"));
        }
      }
      for (Object element : Tree.list(blueprint.get("nodes"))) {
        Map<String, @Nullable Object> node = Tree.map(element);
        String fallback = Tree.text(Tree.map(node.get("config")), "fallback");
        if (id.equals(node.get("id")) && !fallback.isEmpty() && seen.add(fallback)) {
          open.push(fallback);
        }
      }
    }
    return seen;
  }
}
