package io.flowcraft.testkit.golden;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.function.Consumer;

/** Runs checks, tells each failure as it comes, and counts. */
public final class GoldenReport {

  private static final int MOST_LINES = 15;

  private final Consumer<String> out;
  private int passed;
  private int failed;
  private int asRecorded;
  private int deviating;

  /**
   * A report.
   *
   * @param out takes the report line by line
   */
  public GoldenReport(Consumer<String> out) {
    this.out = out;
  }

  /** Runs a check. */
  public void run(GoldenCheck check) {
    List<String> differences = differences(check);
    if (check.isQuirk()) {
      asRecorded += differences.isEmpty() ? 1 : 0;
      deviating += differences.isEmpty() ? 0 : 1;
    } else {
      passed += differences.isEmpty() ? 1 : 0;
      failed += differences.isEmpty() ? 0 : 1;
    }
    if (!differences.isEmpty()) {
      out.accept("FAIL " + check.name() + (check.isQuirk() ? " (quirk)" : ""));
      differences.stream().limit(MOST_LINES).forEach(line -> out.accept("    " + line));
      if (differences.size() > MOST_LINES) {
        out.accept("    … and " + (differences.size() - MOST_LINES) + " more");
      }
    }
  }

  /** The differences of a check; what it throws is one, too. */
  static List<String> differences(GoldenCheck check) {
    try {
      return check.differences();
    } catch (RuntimeException | AssertionError e) {
      StringWriter trace = new StringWriter();
      e.printStackTrace(new PrintWriter(trace));
      return trace.toString().lines().map(line -> line.replace("\t", "  ")).toList();
    }
  }

  /** Tells the counts. */
  public void close() {
    out.accept(passed + " passed, " + failed + " failed");
    out.accept("quirks: " + asRecorded + " as recorded, " + deviating + " deviating");
  }

  /** Whether nothing failed but what may. */
  public boolean isGood() {
    return failed == 0;
  }
}
