package io.flowcraft.testkit.simulation;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a simulation has found.
 *
 * @param histories how many histories there were
 * @param steps how many things happened in them
 * @param cpuTime how long the machine has worked for it; zero if it does not tell
 * @param faults how often each fault happened
 * @param violations what must never be, and was
 */
public record SimulationReport(
    long histories,
    long steps,
    Duration cpuTime,
    Map<Fault, Long> faults,
    List<Violation> violations) {

  /** Copies the collections. */
  public SimulationReport {
    faults = Map.copyOf(faults);
    violations = List.copyOf(violations);
  }

  /** How many histories there were in each second of work. */
  public double perSecond() {
    double seconds = cpuTime.toMillis() / 1000.0;
    return seconds > 0 ? histories / seconds : 0;
  }

  /** The numbers on one line, the faults on another, then the violations. */
  @Override
  public String toString() {
    String numbers =
        String.format(
            Locale.ROOT,
            "%,d histories, %,.0f a second and core, %,d steps, %d violations",
            histories,
            perSecond(),
            steps,
            violations.size());
    String kinds =
        new TreeMap<>(faults)
            .entrySet().stream()
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .collect(Collectors.joining(", ", "faults: ", ""));
    return numbers
        + "\n"
        + kinds
        + violations.stream().map(violation -> "\n" + violation).collect(Collectors.joining());
  }
}
