package io.flowcraft.testkit.simulation;

import java.util.List;
import java.util.Map;

/**
 * What a simulation has found.
 *
 * @param histories how many histories there were
 * @param steps how many things happened in them
 * @param faults how often each fault happened
 * @param violations what must never be, and was
 */
public record SimulationReport(
    long histories, long steps, Map<Fault, Long> faults, List<Violation> violations) {

  /** Copies the collections. */
  public SimulationReport {
    faults = Map.copyOf(faults);
    violations = List.copyOf(violations);
  }
}
