package io.flowcraft.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;

/**
 * Workers and servers are killed, paused and restarted under load; the seed of the faults is
 * printed. Longer, and with a seed of one's own: {@code scripts/chaos}.
 */
class ChaosTest {

  private static final double MINUTES =
      Double.parseDouble(System.getProperty("flowcraft.chaos.minutes", "2"));

  @Test
  void everythingComesToItsEndOnce() throws Exception {
    long seed = ThreadLocalRandom.current().nextInt(1_000_000);
    Duration length = Duration.ofMillis(Math.round(MINUTES * 60_000));

    Report report = new Chaos(seed, length, System.out).run();

    System.out.printf(Locale.ROOT, "chaos: %s%n", report);
    assertThat(report.isClean()).as(report.toString()).isTrue();
    assertThat(report.faultCount()).as("faults").isPositive();
  }
}
