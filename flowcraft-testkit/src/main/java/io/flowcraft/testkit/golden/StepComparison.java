package io.flowcraft.testkit.golden;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Compares a step with its recording. The rules are those of {@code docs/deviations.md}, section
 * "How the conformance runner compares".
 */
final class StepComparison {

  private static final Set<String> EDGE_EVENTS = Set.of("edge:evaluate", "node:skipped");

  private final GoldenCase golden;
  private final Schedule schedule;
  private final PauseRule pauses;
  private final Differ differ = new Differ(Engine.NOW);

  StepComparison(GoldenCase golden, Schedule schedule) {
    this.golden = golden;
    this.schedule = schedule;
    this.pauses = new PauseRule(golden);
  }

  /** Where the step differs; empty if it does not. */
  List<String> differences(ExpectedStep expectation, StepOutcome actualOutcome) {
    boolean ordered =
        expectation.ordered() && schedule != Schedule.BARRIER && !overlaps(expectation.outcome());
    Set<String> waiting = pauses.waiting(expectation.outcome().context());
    StepOutcome expected = prepare(expectation.outcome(), waiting, expectation);
    StepOutcome actual = prepare(actualOutcome, waiting, expectation);
    List<String> found = new ArrayList<>();
    if (expected.thrown() != null || actual.thrown() != null) {
      compareThrown(expected, actual, found);
    } else {
      found.addAll(differ.differences("status", expected.status(), actual.status()));
      found.addAll(differ.differences("context", expected.context(), actual.context()));
      compareErrors(expected.errors(), actual.errors(), ordered, found);
    }
    compareEvents(expected, actual, ordered, found);
    compareLog(expected, actual, ordered, found);
    if (expected.maxInFlight() != null
        && !Objects.equals(expected.maxInFlight(), actual.maxInFlight())) {
      found.add(
          "maxInFlight: expected " + expected.maxInFlight() + ", got " + actual.maxInFlight());
    }
    return found;
  }

  /**
   * Where the steps differ if it does not matter in which of them something happened; empty if they
   * do not: the final outcome and the events of all steps are compared.
   */
  List<String> differencesOfWhole(List<ExpectedStep> expectations, List<StepOutcome> outcomes) {
    List<@Nullable Object> expected = new ArrayList<>();
    List<@Nullable Object> actual = new ArrayList<>();
    List<String> found = new ArrayList<>();
    for (int i = 0; i < outcomes.size(); i++) {
      ExpectedStep step = expectations.get(i);
      Set<String> waiting = pauses.waiting(step.outcome().context());
      expected.addAll(eventsOfNodes(prepare(step.outcome(), waiting, step)));
      actual.addAll(eventsOfNodes(prepare(outcomes.get(i), waiting, step)));
      if (i == outcomes.size() - 1) {
        found.addAll(differences(step, outcomes.get(i)));
        found.removeIf(line -> line.startsWith("event"));
      }
    }
    found.addAll(Multiset.pair(expected, actual, differ).differences("event"));
    return found;
  }

  private static List<@Nullable Object> eventsOfNodes(StepOutcome outcome) {
    List<@Nullable Object> events = outcome.events();
    return events == null
        ? List.of()
        : events.stream().filter(event -> !isAboutTheRun(event)).toList();
  }

  /** Whether two nodes of one blueprint ran at once, so that their order is a matter of chance. */
  private static boolean overlaps(StepOutcome recorded) {
    List<@Nullable Object> events = recorded.events();
    Map<@Nullable Object, Set<String>> running = new HashMap<>();
    for (Object element : events == null ? List.of() : events) {
      Map<String, @Nullable Object> event = Tree.map(element);
      Set<String> nodes = running.computeIfAbsent(event.get("blueprintId"), key -> new HashSet<>());
      switch (Tree.text(event, "type")) {
        case "node:start" -> nodes.add(Tree.text(event, "nodeId"));
        case "node:finish", "node:error" -> nodes.remove(Tree.text(event, "nodeId"));
        default -> {}
      }
      if (nodes.size() > 1) {
        return true;
      }
    }
    return false;
  }

  private StepOutcome prepare(StepOutcome outcome, Set<String> waiting, ExpectedStep expectation) {
    Map<String, @Nullable Object> context =
        Tree.map(Tree.without(outcome.context(), Notation.EXECUTION_ID));
    context = pauses.context(context, waiting);
    context.keySet().removeAll(expectation.scheduleDependentKeys());
    List<@Nullable Object> events = outcome.events();
    if (events != null) {
      events = Tree.list(Tree.without(events, Notation.EXECUTION_ID));
      events = pauses.events(events, waiting).stream().map(this::prepareEvent).toList();
    }
    return outcome.with(context, events);
  }

  /** An event with what counts of it. */
  private @Nullable Object prepareEvent(@Nullable Object element) {
    Map<String, @Nullable Object> event = new LinkedHashMap<>(Tree.map(element));
    if (event.containsKey("result") && event.get("result") instanceof Map<?, ?>) {
      event.put("result", prepareResult(Tree.map(event.get("result"))));
    }
    if (event.containsKey("edge")) {
      Map<String, @Nullable Object> edge = new LinkedHashMap<>(Tree.map(event.get("edge")));
      edge.values().removeIf(""::equals);
      event.put("edge", edge);
    }
    return event;
  }

  private static Map<String, @Nullable Object> prepareResult(
      Map<String, @Nullable Object> recorded) {
    if (Notation.isUndefined(recorded)) {
      return Map.of();
    }
    Map<String, @Nullable Object> result = new LinkedHashMap<>(recorded);
    result.remove("action", "");
    List<@Nullable Object> nodes = Tree.list(result.remove("dynamicNodes"));
    if (!nodes.isEmpty()) {
      result.put(
          "dynamicNodes",
          nodes.stream()
              .map(node -> node instanceof String ? node : Tree.map(node).get("id"))
              .toList());
    }
    return result;
  }

  private void compareThrown(StepOutcome expected, StepOutcome actual, List<String> found) {
    if (expected.thrown() == null || actual.thrown() == null) {
      found.add("thrown: expected " + outcome(expected) + ", got " + outcome(actual));
      return;
    }
    found.addAll(
        differ.differences(
            "thrown.message", expected.thrown().get("message"), actual.thrown().get("message")));
    if (expected.thrown().containsKey("isFatal")) {
      found.addAll(
          differ.differences(
              "thrown.isFatal", expected.thrown().get("isFatal"), actual.thrown().get("isFatal")));
    }
  }

  private static String outcome(StepOutcome outcome) {
    return outcome.thrown() == null
        ? "a result with status " + outcome.status()
        : Differ.show(outcome.thrown().get("message"));
  }

  private void compareErrors(
      List<@Nullable Object> expected,
      List<@Nullable Object> actual,
      boolean ordered,
      List<String> found) {
    if (ordered) {
      found.addAll(differ.differences("errors", expected, actual));
    } else {
      found.addAll(Multiset.pair(expected, actual, differ).differences("error"));
    }
  }

  private void compareLog(
      StepOutcome expected, StepOutcome actual, boolean ordered, List<String> found) {
    if (ordered) {
      found.addAll(
          differ.differences("middlewareLog", expected.middlewareLog(), actual.middlewareLog()));
    } else {
      found.addAll(
          Multiset.pair(expected.middlewareLog(), actual.middlewareLog(), differ)
              .differences("middleware line"));
    }
  }

  private void compareEvents(
      StepOutcome expected, StepOutcome actual, boolean ordered, List<String> found) {
    if (expected.events() == null || actual.events() == null) {
      return;
    }
    boolean refused = expected.thrown() != null && actual.thrown() != null;
    if (refused && actual.events().isEmpty() && onlyAboutTheRun(expected.events())) {
      return;
    }
    if (!ordered) {
      found.addAll(
          Multiset.pair(sortErrors(expected.events()), sortErrors(actual.events()), differ)
              .differences("event"));
    } else if (golden.options().concurrency() == 1) {
      compareInOrder(edges(expected.events(), false), edges(actual.events(), false), found);
      compareInOrder(edges(expected.events(), true), edges(actual.events(), true), found);
    } else {
      compareInOrder(expected.events(), actual.events(), found);
    }
  }

  private static boolean onlyAboutTheRun(List<@Nullable Object> events) {
    return events.stream().allMatch(StepComparison::isAboutTheRun);
  }

  private static boolean isAboutTheRun(@Nullable Object event) {
    return Tree.text(Tree.map(event), "type").startsWith("workflow:");
  }

  private static List<@Nullable Object> edges(List<@Nullable Object> events, boolean wanted) {
    return events.stream()
        .filter(event -> EDGE_EVENTS.contains(Tree.text(Tree.map(event), "type")) == wanted)
        .toList();
  }

  /** The errors in an event about the run in an order of their own. */
  private static List<@Nullable Object> sortErrors(List<@Nullable Object> events) {
    List<@Nullable Object> sorted = new ArrayList<>();
    for (Object element : events) {
      Map<String, @Nullable Object> event = new LinkedHashMap<>(Tree.map(element));
      if (event.get("errors") instanceof List<?>) {
        event.put(
            "errors",
            Tree.list(event.get("errors")).stream()
                .sorted(Comparator.comparing(StepComparison::errorKey))
                .toList());
      }
      sorted.add(event);
    }
    return sorted;
  }

  private static String errorKey(@Nullable Object error) {
    return Tree.map(error).get("nodeId") + " " + Tree.map(error).get("message");
  }

  private void compareInOrder(
      List<@Nullable Object> expected, List<@Nullable Object> actual, List<String> found) {
    int common = Math.min(expected.size(), actual.size());
    for (int i = 0; i < common; i++) {
      if (!differ.matches(expected.get(i), actual.get(i))) {
        found.add("event " + i + ": expected " + Differ.show(expected.get(i)));
        found.add("event " + i + ":      got " + Differ.show(actual.get(i)));
        return;
      }
    }
    for (int i = common; i < expected.size(); i++) {
      found.add("event " + i + " missing: " + Differ.show(expected.get(i)));
    }
    for (int i = common; i < actual.size(); i++) {
      found.add("event " + i + " not expected: " + Differ.show(actual.get(i)));
    }
  }
}
