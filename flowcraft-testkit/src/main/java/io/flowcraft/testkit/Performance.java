package io.flowcraft.testkit;

import io.flowcraft.testkit.simulation.Rehearsed;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a test went once.
 *
 * @param rehearsed what came of the runs
 * @param compared what the test compares, by name
 * @param failure how the test failed; null if it did not
 */
record Performance(Rehearsed rehearsed, Map<String, String> compared, @Nullable Throwable failure) {

  /** A value that is not what it should be. */
  record Difference(String what, @Nullable String expected, @Nullable String found) {

    @Override
    public String toString() {
      if (expected == null) {
        return what + " is " + found + "; without a fault there is none";
      }
      return what + " is " + (found == null ? "missing" : found) + " instead of " + expected;
    }
  }

  /** A node that was executed more often than it should be. */
  record Repeated(String runId, String node, long expected, List<Rehearsed.Execution> found) {}

  /** What differs from how it should have gone. */
  List<Difference> differences(Performance ideal) {
    return differences(ideal, true);
  }

  /**
   * What differs from how it should have gone.
   *
   * @param sameResults whether the results of runs count
   */
  List<Difference> differences(Performance ideal, boolean sameResults) {
    List<Difference> differences = new ArrayList<>();
    compare(named(ideal.compared), named(compared), differences);
    if (sameResults) {
      compare(ideal.rehearsed.results(), rehearsed.results(), differences);
    }
    return differences;
  }

  private static Map<String, String> named(Map<String, String> values) {
    Map<String, String> named = new LinkedHashMap<>();
    values.forEach((name, value) -> named.put("compared value '" + name + "'", value));
    return named;
  }

  private static void compare(
      Map<String, String> expected, Map<String, String> found, List<Difference> differences) {
    Set<String> all = new LinkedHashSet<>(expected.keySet());
    all.addAll(found.keySet());
    for (String what : all) {
      if (!Objects.equals(expected.get(what), found.get(what))) {
        differences.add(new Difference(what, expected.get(what), found.get(what)));
      }
    }
  }

  /** The nodes that were executed more often. */
  List<Repeated> repeated(Performance ideal) {
    Map<String, List<Rehearsed.Execution>> expected = byNode(ideal.rehearsed);
    List<Repeated> repeated = new ArrayList<>();
    byNode(rehearsed)
        .forEach(
            (key, found) -> {
              int usual = expected.getOrDefault(key, List.of()).size();
              if (found.size() > Math.max(1, usual)) {
                Rehearsed.Execution first = found.get(0);
                repeated.add(new Repeated(first.runId(), first.node(), usual, found));
              }
            });
    return repeated;
  }

  private static Map<String, List<Rehearsed.Execution>> byNode(Rehearsed rehearsed) {
    Map<String, List<Rehearsed.Execution>> byNode = new LinkedHashMap<>();
    for (Rehearsed.Execution execution : rehearsed.executions()) {
      byNode
          .computeIfAbsent(execution.runId() + "/" + execution.node(), key -> new ArrayList<>())
          .add(execution);
    }
    return byNode;
  }
}
