package io.flowcraft.benchmarks.inprocess;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What is measured: a workload, so many runs at a time. As text for instance {@code chain-10@64}.
 *
 * @param workload what is run
 * @param inFlight how many runs are under way at a time
 */
record Case(Workload workload, int inFlight) {

  private static final String AT = "@";

  /** Reads what {@link #text} wrote. */
  static List<Case> parse(String text) {
    return Arrays.stream(text.trim().split("\\s+")).map(Case::one).toList();
  }

  private static Case one(String text) {
    int at = text.lastIndexOf(AT);
    if (at < 0) {
      throw new IllegalArgumentException(
          "Case \"" + text + "\"; expected: a workload and runs in flight, e.g. chain-10@64.");
    }
    return new Case(
        Workload.named(text.substring(0, at)), Integer.parseInt(text.substring(at + 1)));
  }

  /** Cases as one text. */
  static String text(Collection<Case> cases) {
    return cases.stream().map(Case::toString).collect(Collectors.joining(" "));
  }

  @Override
  public String toString() {
    return workload + AT + inFlight;
  }
}
