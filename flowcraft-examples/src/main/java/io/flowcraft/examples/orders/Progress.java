package io.flowcraft.examples.orders;

import java.io.Console;
import java.io.PrintStream;
import java.util.Locale;
import java.util.Optional;

/** Shows how far the program is: one line that changes, or a few lines where output is a file. */
final class Progress {

  private static final int WIDTH = 30;

  private final PrintStream out;
  private final int total;
  private final boolean live;
  private int done;
  private int waiting;

  Progress(PrintStream out, int total, boolean live) {
    this.out = out;
    this.total = total;
    this.live = live;
  }

  /** Whether a person watches. */
  static boolean isLive() {
    return !"dumb".equals(System.getenv("TERM"))
        && Optional.ofNullable(System.console()).map(Progress::isTerminal).orElse(false);
  }

  /** From JDK 22 on there is a console even where nobody watches, and a method that tells. */
  private static boolean isTerminal(Console console) {
    try {
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (ReflectiveOperationException e) {
      return true;
    }
  }

  void asked() {
    waiting++;
    show();
  }

  void answered() {
    waiting--;
    show();
  }

  void finished() {
    done++;
    show();
    if (!live && done % Math.max(1, total / 4) == 0) {
      out.printf(Locale.ROOT, "%,d of %,d orders%n", done, total);
    }
  }

  private void show() {
    if (!live) {
      return;
    }
    int filled = done * WIDTH / total;
    String bar = "#".repeat(filled) + ".".repeat(WIDTH - filled);
    out.printf(
        Locale.ROOT,
        "\r[%s] %,d of %,d orders, %d waiting for a person ",
        bar,
        done,
        total,
        waiting);
    if (done == total) {
      out.println();
    }
    out.flush();
  }
}
