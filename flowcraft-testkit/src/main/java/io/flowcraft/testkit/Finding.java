package io.flowcraft.testkit;

import io.flowcraft.testkit.Performance.Difference;
import io.flowcraft.testkit.Performance.Repeated;
import io.flowcraft.testkit.simulation.Rehearsed;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a fault has changed that it should not have.
 *
 * @param performance how the test went with the fault
 * @param differences what differs from how it goes without
 * @param repeated the nodes that were executed more often
 */
record Finding(Performance performance, List<Difference> differences, List<Repeated> repeated) {

  private static final int MOST_DIFFERENCES = 12;
  private static final int LONGEST_VALUE = 300;

  /** What a performance has shown; null if all is well. */
  static @Nullable Finding of(Performance performance, Performance ideal) {
    return of(performance, ideal, true);
  }

  /**
   * What a performance has shown; null if all is well.
   *
   * @param sameResults whether the results of runs count
   */
  static @Nullable Finding of(Performance performance, Performance ideal, boolean sameResults) {
    List<Difference> differences = performance.differences(ideal, sameResults);
    if (performance.failure() == null
        && differences.isEmpty()
        && performance.rehearsed().defects().isEmpty()) {
      return null;
    }
    return new Finding(performance, differences, performance.repeated(ideal));
  }

  /** Says the same of all findings that have the same reason, as far as that can be seen. */
  String kind() {
    if (!performance.rehearsed().defects().isEmpty()) {
      return "defect";
    }
    String shown =
        differences.isEmpty()
            ? String.valueOf(performance.failure())
            : differences.stream().map(Difference::what).collect(Collectors.joining(", "));
    return repeated.stream().map(Repeated::node).distinct().sorted().toList() + " " + shown;
  }

  /** Whether it shows in the same way as another one. */
  boolean isLike(Finding other) {
    boolean defect = performance.rehearsed().defects().isEmpty();
    return defect == other.performance.rehearsed().defects().isEmpty()
        && (differences.isEmpty()
            ? other.differences.isEmpty()
            : other.differences.stream()
                .anyMatch(one -> one.what().equals(differences.get(0).what())));
  }

  /**
   * Everything about it.
   *
   * @param headline what was done to the test
   */
  String report(String headline) {
    StringBuilder text = new StringBuilder(headline).append("\n\n");
    tellDifferences(text);
    tellExecutions(text);
    Rehearsed rehearsed = performance.rehearsed();
    rehearsed
        .defects()
        .forEach(defect -> text.append("  flowcraft broke a rule of its own: ").append(defect));
    text.append('\n').append(advice()).append('\n');
    if (!rehearsed.history().isEmpty()) {
      text.append("\nWhat happened:\n").append(rehearsed.history());
    }
    return text.toString();
  }

  private void tellDifferences(StringBuilder text) {
    text.append("What must be the same whatever happens:\n");
    differences.stream()
        .limit(MOST_DIFFERENCES)
        .forEach(difference -> text.append("  - ").append(cut(difference)).append('\n'));
    if (differences.size() > MOST_DIFFERENCES) {
      text.append("  - and ").append(differences.size() - MOST_DIFFERENCES).append(" more\n");
    }
    Throwable failure = performance.failure();
    if (failure != null) {
      text.append("  - the test fails: ").append(failure.getMessage()).append('\n');
    }
  }

  private static String cut(Difference difference) {
    String line = difference.toString();
    return line.length() > LONGEST_VALUE ? line.substring(0, LONGEST_VALUE) + "…" : line;
  }

  private void tellExecutions(StringBuilder text) {
    if (repeated.isEmpty()) {
      return;
    }
    text.append("\nExecuted again:\n");
    for (Repeated node : repeated) {
      text.append("  - node '")
          .append(node.node())
          .append("' of ")
          .append(node.runId())
          .append(", ")
          .append(times(node.found().size()))
          .append(" instead of ")
          .append(times(node.expected()))
          .append(": ")
          .append(node.found().stream().map(Finding::place).collect(Collectors.joining(", then ")))
          .append('\n');
    }
  }

  private static String place(Rehearsed.Execution execution) {
    return String.format(
        Locale.ROOT, "by %s at %.1f s", execution.process(), execution.millis() / 1000.0);
  }

  private static String times(long number) {
    return number == 1 ? "once" : number == 2 ? "twice" : number + " times";
  }

  private String advice() {
    if (!performance.rehearsed().defects().isEmpty()) {
      return "This is not a fault of the workflow. Please report it with what happened.";
    }
    if (repeated.isEmpty()) {
      return "No node was executed more often than without a crash. Does the test look at something"
          + " that depends on time or on the number of attempts, or does a node depend on the"
          + " process that it is executed by?";
    }
    String nodes =
        repeated.stream()
            .map(node -> "'" + node.node() + "'")
            .distinct()
            .collect(Collectors.joining(", "));
    boolean alone = repeated.size() == 1;
    return (alone ? "Node " + nodes + " is" : "One of the nodes " + nodes + " seems to be")
        + " not idempotent: it was executed, and before the outcome was stored its process died or"
        + " was taken for dead, so it was executed again. That is normal and can't be avoided. What"
        + " the node does outside must count once all the same: hand NodeContext.idempotencyKey(),"
        + " which is the same for all executions, to whatever the node calls, or look there whether"
        + " it has been done already.";
  }
}
