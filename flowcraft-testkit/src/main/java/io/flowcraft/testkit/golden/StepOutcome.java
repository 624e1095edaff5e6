package io.flowcraft.testkit.golden;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a step led to, in the notation of the recordings; expected and actual alike.
 *
 * @param status the status of the run; null if the call failed
 * @param context the context of the run
 * @param errors maps with {@code nodeId}, {@code message} and {@code causes}
 * @param thrown the failure of the call, with {@code message}; null if there was none
 * @param events the events; null if they were not recorded
 * @param maxInFlight how many node bodies ran at a time at most; null if that was not recorded
 * @param middlewareLog what the standard middlewares wrote
 */
record StepOutcome(
    @Nullable String status,
    Map<String, @Nullable Object> context,
    List<@Nullable Object> errors,
    @Nullable Map<String, @Nullable Object> thrown,
    @Nullable List<@Nullable Object> events,
    @Nullable Integer maxInFlight,
    List<@Nullable Object> middlewareLog) {

  /** Reads a recorded step. */
  static StepOutcome read(Map<String, @Nullable Object> data) {
    return new StepOutcome(
        Tree.textOrNull(data, "status"),
        Tree.map(data.get("context")),
        Tree.list(data.get("errors")),
        data.containsKey("thrown") ? Tree.map(data.get("thrown")) : null,
        Boolean.TRUE.equals(data.get("eventsOmitted")) ? null : Tree.list(data.get("events")),
        data.get("maxInFlight") instanceof Number most ? most.intValue() : null,
        Tree.list(data.get("middlewareLog")));
  }

  /** The same outcome with another context and other events. */
  StepOutcome with(
      Map<String, @Nullable Object> newContext, @Nullable List<@Nullable Object> newEvents) {
    return new StepOutcome(
        status, newContext, errors, thrown, newEvents, maxInFlight, middlewareLog);
  }

  /** Everything but the in-flight count as one tree, for rewriting all texts in it. */
  Map<String, @Nullable Object> asTree() {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put("status", status);
    tree.put("context", context);
    tree.put("errors", errors);
    tree.put("events", events);
    tree.put("middlewareLog", middlewareLog);
    if (thrown != null) {
      tree.put("thrown", thrown);
    }
    return tree;
  }
}
