package io.flowcraft.chaos;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What came of a fleet that was disturbed.
 *
 * @param seed the faults come again with it
 * @param started how many runs were started
 * @param finished how many of them were seen to end
 * @param outcomes how many outcomes were read back
 * @param recovery from the last repair until the last run had ended
 * @param faults how often each fault came
 * @param findings what is wrong
 */
record Report(
    long seed,
    int started,
    int finished,
    int outcomes,
    Duration recovery,
    Map<Fault, Integer> faults,
    List<Finding> findings) {

  private static final int SHOWN = 20;

  Report {
    faults = Map.copyOf(faults);
    findings = List.copyOf(findings);
  }

  boolean isClean() {
    return findings.isEmpty();
  }

  int faultCount() {
    return faults.values().stream().mapToInt(Integer::intValue).sum();
  }

  private long count(Finding.Kind kind) {
    return findings.stream().filter(finding -> finding.kind() == kind).count();
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    text.append("seed      ").append(seed).append('\n');
    text.append("runs      ").append(finished).append(" finished of ").append(started);
    text.append(" started, ").append(outcomes).append(" outcomes read back\n");
    text.append("faults    ").append(faultCount());
    text.append(
        Arrays.stream(Fault.values())
            .filter(faults::containsKey)
            .map(fault -> fault.name().toLowerCase(Locale.ROOT) + " " + faults.get(fault))
            .collect(Collectors.joining(", ", ": ", "\n")));
    text.append("recovery  ").append(recovery.toMillis() / 1_000.0).append(" s behind the last\n");
    for (Finding.Kind kind : Finding.Kind.values()) {
      String name = kind.name().toLowerCase(Locale.ROOT);
      text.append(String.format(Locale.ROOT, "%-9s %d%n", name, count(kind)));
    }
    findings.stream().limit(SHOWN).forEach(finding -> text.append(finding).append('\n'));
    return text.toString();
  }
}
