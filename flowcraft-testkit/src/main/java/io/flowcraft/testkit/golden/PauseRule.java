package io.flowcraft.testkit.golden;

import io.flowcraft.blueprint.BuiltIns;
import io.flowcraft.error.FlowcraftException;
import io.flowcraft.json.JsonSerializer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Rule "pause": the original evaluates the edges of a waiting node already when the run pauses, and
 * again when it is resumed; ours decides them once, when the node has its result. What the first
 * evaluation leaves behind is not compared.
 */
final class PauseRule {

  private static final String AWAITING = "_awaitingNodeIds";
  private static final String SUBFLOW_STATE = "_subflowState.";
  private static final JsonSerializer SERIALIZER = new JsonSerializer();

  private final GoldenCase golden;

  PauseRule(GoldenCase golden) {
    this.golden = golden;
  }

  /** The nodes that wait at the end of a step, those of subflows included. */
  Set<String> waiting(Map<String, @Nullable Object> context) {
    Set<String> waiting = new LinkedHashSet<>(Tree.texts(context.get(AWAITING)));
    context.forEach(
        (key, value) -> {
          if (key.startsWith(SUBFLOW_STATE)) {
            waiting.addAll(waiting(Tree.map(state(value))));
          }
        });
    return waiting;
  }

  /** The events without those that the original repeats when the waiting nodes are resumed. */
  List<@Nullable Object> events(List<@Nullable Object> events, Set<String> waiting) {
    List<@Nullable Object> kept = new ArrayList<>(events);
    for (String node : waiting) {
      int parked = lastFinish(kept, node);
      for (int i = kept.size() - 1; i > parked && parked >= 0; i--) {
        if (isEdgeEvent(Tree.map(kept.get(i)), node)) {
          kept.remove(i);
        }
      }
    }
    return kept;
  }

  private static int lastFinish(List<@Nullable Object> events, String node) {
    for (int i = events.size() - 1; i >= 0; i--) {
      Map<String, @Nullable Object> event = Tree.map(events.get(i));
      if ("node:finish".equals(event.get("type")) && node.equals(event.get("nodeId"))) {
        return i;
      }
    }
    return -1;
  }

  private static boolean isEdgeEvent(Map<String, @Nullable Object> event, String node) {
    Object type = event.get("type");
    return ("edge:evaluate".equals(type) && node.equals(event.get("source")))
        || ("node:skipped".equals(type) && node.equals(event.get("nodeId")));
  }

  /**
   * The context without what the edges of waiting nodes have delivered, and without the early
   * output of sleeping ones. The states of subflows are treated alike.
   */
  Map<String, @Nullable Object> context(
      Map<String, @Nullable Object> context, Set<String> waiting) {
    return context(context, waiting, golden.mainBlueprint());
  }

  private Map<String, @Nullable Object> context(
      Map<String, @Nullable Object> context,
      Set<String> waiting,
      Map<String, @Nullable Object> blueprint) {
    Map<String, @Nullable Object> kept = new LinkedHashMap<>(context);
    for (Object element : Tree.list(blueprint.get("nodes"))) {
      Map<String, @Nullable Object> node = Tree.map(element);
      String id = Tree.text(node, "id");
      if (waiting.contains(id)) {
        removeEarlyValues(kept, blueprint, node);
      }
      String key = SUBFLOW_STATE + id;
      if (kept.containsKey(key)) {
        String child = Tree.text(Tree.map(node.get("params")), "blueprintId");
        Map<String, @Nullable Object> childBlueprint =
            golden.blueprints().getOrDefault(child, Map.of());
        Map<String, @Nullable Object> state = Tree.map(state(kept.get(key)));
        kept.put(key, Notation.json(context(state, waiting, childBlueprint)));
      }
    }
    return kept;
  }

  private static void removeEarlyValues(
      Map<String, @Nullable Object> context,
      Map<String, @Nullable Object> blueprint,
      Map<String, @Nullable Object> node) {
    String id = Tree.text(node, "id");
    for (Object element : Tree.list(blueprint.get("edges"))) {
      Map<String, @Nullable Object> edge = Tree.map(element);
      if (id.equals(edge.get("source"))) {
        context.remove("_inputs." + edge.get("target"));
      }
    }
    if (BuiltIns.SLEEP.equals(node.get("uses"))) {
      context.remove("_outputs." + id);
      context.remove(id);
    }
  }

  private static @Nullable Object state(@Nullable Object value) {
    if (Notation.isJson(value)) {
      return Notation.embedded(value);
    }
    try {
      Object state = value instanceof String text ? SERIALIZER.deserialize(text) : value;
      return Tree.without(state, Notation.EXECUTION_ID);
    } catch (FlowcraftException e) {
      return value;
    }
  }
}
