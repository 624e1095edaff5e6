package io.flowcraft.benchmarks.distributed;

import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;

/** What was measured, for people and as JSON. */
final class Report {

  private Report() {}

  static String table(List<Row> rows) {
    StringJoiner lines = new StringJoiner("\n", "", "\n");
    lines.add(
        "| load | queue | Flowcraft, steps/s: median (range) | p50, ms | p99, ms"
            + " | raw loop, steps/s: median (range) | ratio: median (range) |");
    lines.add("|---|---|---|---|---|---|---|");
    for (Row row : rows) {
      lines.add(
          String.format(
              Locale.ROOT,
              "| %s | %s | %s | %.1f | %.1f | %s | %s |",
              row.load(),
              row.queueMode(),
              range("%,.0f", Row.rates(row.flowcraft())),
              Row.latency(row.flowcraft(), 50),
              Row.latency(row.flowcraft(), 99),
              range("%,.0f", Row.rates(row.raw())),
              range("%.2f", row.ratios())));
    }
    return lines.toString();
  }

  private static String range(String format, double[] sorted) {
    String number = format + " (" + format + " to " + format + ")";
    return String.format(
        Locale.ROOT, number, Row.median(sorted), sorted[0], sorted[sorted.length - 1]);
  }

  static String json(List<Row> rows) {
    StringJoiner list = new StringJoiner(",\n  ", "[\n  ", "\n]\n");
    for (Row row : rows) {
      list.add(object(row, "flowcraft", row.flowcraft(), Row.median(row.ratios())));
      list.add(object(row, "raw-loop", row.raw(), 1));
    }
    return list.toString();
  }

  private static String object(Row row, String system, List<Slice> slices, double ratio) {
    return String.format(
        Locale.ROOT,
        "{\"workload\": \"%s\", \"system\": \"%s\", \"queueMode\": \"%s\", \"inFlight\": %d,"
            + " \"stepsPerSecond\": %.1f, \"p50Ms\": %.3f, \"p99Ms\": %.3f,"
            + " \"ratioToRaw\": %.3f}",
        row.load().workload(),
        system,
        row.queueMode(),
        row.load().inFlight(),
        Row.median(Row.rates(slices)),
        Row.latency(slices, 50),
        Row.latency(slices, 99),
        ratio);
  }
}
