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
    GoldenResult result = result(check);
    if (result.deviationAllowed()) {
      asRecorded += result.isAsRecorded() ? 1 : 0;
      deviating += result.isAsRecorded() ? 0 : 1;
    } else {
      passed += result.isAsRecorded() ? 1 : 0;
      failed += result.isAsRecorded() ? 0 : 1;
    }
    if (!result.isAsRecorded()) {
      tell(result);
    }
  }

  /** The result of a check; what it throws is a difference. */
  static GoldenResult result(GoldenCheck check) {
    try {
      return check.check();
    } catch (RuntimeException | AssertionError e) {
      StringWriter trace = new StringWriter();
      e.printStackTrace(new PrintWriter(trace));
      List<String> lines = trace.toString().lines().map(line -> line.replace("\t", "  ")).toList();
      return new GoldenResult(check.name(), check.isMarked(), lines);
    }
  }

  private void tell(GoldenResult result) {
    List<String> differences = result.differences();
    out.accept("FAIL " + result.name() + (result.deviationAllowed() ? " (quirk)" : ""));
    differences.stream().limit(MOST_LINES).forEach(line -> out.accept("    " + line));
    if (differences.size() > MOST_LINES) {
      out.accept("    … and " + (differences.size() - MOST_LINES) + " more");
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
