package io.flowcraft.chaos;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** Disturbs a fleet: behind {@code scripts/chaos}. */
public final class ChaosMain {

  private static final String USAGE = "usage: chaos --minutes N [--seed S]";

  private ChaosMain() {}

  /**
   * Exits with 0 if everything is as it must be, with 1 if not, with 2 if it was not told what to
   * do.
   *
   * @param arguments {@code --minutes N} and {@code --seed S}
   */
  public static void main(String[] arguments) {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    int status = 1;
    try {
      double minutes = Double.NaN;
      long seed = ThreadLocalRandom.current().nextInt(1_000_000);
      for (int i = 0; i + 1 < arguments.length; i += 2) {
        switch (arguments[i]) {
          case "--minutes" -> minutes = Double.parseDouble(arguments[i + 1]);
          case "--seed" -> seed = Long.parseLong(arguments[i + 1]);
          default -> minutes = Double.NaN;
        }
      }
      if (Double.isNaN(minutes) || minutes < 0 || arguments.length % 2 > 0) {
        throw new NumberFormatException();
      }
      Report report = new Chaos(seed, Duration.ofMillis(Math.round(minutes * 60_000)), out).run();
      out.print(report);
      status = report.isClean() ? 0 : 1;
    } catch (NumberFormatException e) {
      out.println(USAGE);
      status = 2;
    } catch (RuntimeException e) {
      e.printStackTrace(out);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    // Threads that a client has left running would keep this process, and the servers with it.
    System.exit(status);
  }
}
