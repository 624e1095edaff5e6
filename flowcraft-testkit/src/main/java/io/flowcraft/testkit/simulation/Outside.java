package io.flowcraft.testkit.simulation;

import java.util.Map;
import java.util.TreeMap;

/**
 * What user code finds outside the workflow: it is shared by all processes and survives their
 * death. A node of a simulated workload gets it with {@code context.dependency(Outside.class)}, and
 * the clock of its process with {@code context.dependency(TimeSource.class)}.
 */
public final class Outside {

  private final Map<String, Integer> counts = new TreeMap<>();

  Outside() {}

  /**
   * Counts.
   *
   * @param what what is counted
   * @return how often it was counted before, and this time, from 1
   */
  public int count(String what) {
    return counts.merge(what, 1, Integer::sum);
  }
}
