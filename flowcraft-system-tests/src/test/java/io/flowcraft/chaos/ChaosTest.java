package io.flowcraft.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;

/** Servers and workers are killed, paused and restarted under load. */
class ChaosTest {

  private static final Duration LENGTH =
      Duration.ofSeconds(Integer.getInteger("flowcraft.chaos.seconds", 120));

  @Test
  void chaosCostsTimeAndNothingElse() throws InterruptedException {
    long seed =
        Long.getLong("flowcraft.chaos.seed", ThreadLocalRandom.current().nextInt(1_000_000));

    Report report = new Chaos(seed, LENGTH, System.out).run();

    System.out.print(report);
    assertThat(report.findings()).isEmpty();
    assertThat(report.finished()).isEqualTo(report.started());
    assertThat(report.faultCount()).isPositive();
  }
}
