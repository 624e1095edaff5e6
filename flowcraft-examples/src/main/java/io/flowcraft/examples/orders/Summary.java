package io.flowcraft.examples.orders;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What the program prints in the end.
 *
 * @param orders how many there were
 * @param counts what became of them, in the order of the table
 * @param shippedCents what the shipped ones cost together
 * @param duration how long it took
 */
record Summary(int orders, Map<String, Integer> counts, long shippedCents, Duration duration) {

  /** The table: the same text every time but for the last two rows. */
  String table() {
    Map<String, String> rows = new LinkedHashMap<>();
    rows.put("orders", number(orders));
    counts.forEach((name, count) -> rows.put(name, number(count)));
    rows.put("total amount shipped", String.format(Locale.ROOT, "%,.2f EUR", shippedCents / 100.0));
    rows.put("duration", String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0));
    double perSecond = orders * 1000.0 / Math.max(1, duration.toMillis());
    rows.put("runs per second", number(Math.round(perSecond)));
    String rule = "+" + "-".repeat(26) + "+" + "-".repeat(18) + "+";
    return rows.entrySet().stream()
        .map(row -> String.format("| %-24s | %16s |", row.getKey(), row.getValue()))
        .collect(Collectors.joining("\n", rule + "\n", "\n" + rule));
  }

  private static String number(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }
}
