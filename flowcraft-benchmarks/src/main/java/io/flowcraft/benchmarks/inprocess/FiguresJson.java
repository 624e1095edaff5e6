package io.flowcraft.benchmarks.inprocess;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;
import java.util.StringJoiner;

/** Figures as a JSON list, one object for each case and system. */
final class FiguresJson {

  private static final MathContext DIGITS = new MathContext(6);

  private FiguresJson() {}

  static String write(Measurement measurement, Plan plan) {
    StringJoiner list = new StringJoiner(",\n  ", "[\n  ", "\n]\n");
    for (Case measured : plan.cases()) {
      for (String system : Systems.ALL) {
        list.add(object(measured, system, measurement.of(measured, system)));
      }
    }
    return list.toString();
  }

  private static String object(Case measured, String system, Figures figures) {
    return String.format(
        Locale.ROOT,
        "{\"workload\": \"%s\", \"system\": \"%s\", \"inFlight\": %d, \"stepsPerSecond\": %s,"
            + " \"p50Ms\": %s, \"p99Ms\": %s, \"bytesPerStep\": %s}",
        measured.workload(),
        system,
        measured.inFlight(),
        number(figures.stepsPerSecond()),
        number(figures.latency(50)),
        number(figures.latency(99)),
        number(figures.bytesPerStep()));
  }

  private static String number(double value) {
    return new BigDecimal(value, DIGITS).stripTrailingZeros().toPlainString();
  }
}
