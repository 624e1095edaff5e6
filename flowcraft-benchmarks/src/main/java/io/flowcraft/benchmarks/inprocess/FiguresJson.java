package io.flowcraft.benchmarks.inprocess;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Figures as a JSON list, one object for each case. */
final class FiguresJson {

  private static final MathContext DIGITS = new MathContext(6);

  private FiguresJson() {}

  static String write(Map<Case, Figures> figures) {
    return figures.entrySet().stream()
        .map(entry -> "  " + object(entry.getKey(), entry.getValue()))
        .collect(Collectors.joining(",\n", "[\n", "\n]\n"));
  }

  private static String object(Case measured, Figures figures) {
    return String.format(
        Locale.ROOT,
        "{\"workload\": \"%s\", \"system\": \"%s\", \"inFlight\": %d, \"stepsPerSecond\": %s,"
            + " \"p50Ms\": %s, \"p99Ms\": %s, \"bytesPerStep\": %s}",
        measured.workload(),
        measured.system(),
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
