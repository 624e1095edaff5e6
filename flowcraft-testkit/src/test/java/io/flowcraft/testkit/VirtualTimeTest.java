package io.flowcraft.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flowcraft.spi.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class VirtualTimeTest {

  private final VirtualTime time = new VirtualTime(Instant.EPOCH);
  private final List<String> log = new ArrayList<>();

  private TimeSource.Timer after(long seconds, String name) {
    return time.schedule(
        Duration.ofSeconds(seconds), () -> log.add(name + "@" + time.now().getEpochSecond()));
  }

  @Test
  void timersRunInTheOrderOfTheirTimeAndThenOfTheirSetting() {
    after(2, "late");
    after(1, "a");
    after(1, "b");
    after(0, "now");

    time.advance(Duration.ofSeconds(5));

    assertThat(log).containsExactly("now@0", "a@1", "b@1", "late@2");
    assertThat(time.now()).isEqualTo(Instant.ofEpochSecond(5));
    assertThat(time.timers()).isZero();
  }

  @Test
  void timersThatTimersSetFallDueOnTheSameWay() {
    time.schedule(Duration.ofSeconds(1), () -> after(1, "second"));

    time.advance(Duration.ofSeconds(3));

    assertThat(log).containsExactly("second@2");
  }

  @Test
  void aCancelledTimerDoesNotRun() {
    TimeSource.Timer timer = after(1, "never");
    timer.cancel();
    timer.cancel();

    time.advance(Duration.ofSeconds(3));

    assertThat(log).isEmpty();
  }

  @Test
  void theWorldSettlesBetweenTimers() {
    after(1, "a");
    after(2, "b");

    time.advance(Duration.ofSeconds(3), () -> log.add("settled"));

    assertThat(log).containsExactly("settled", "a@1", "settled", "b@2", "settled");
  }

  @Test
  void theNextTimerIsKnown() {
    assertThat(time.nextDue()).isEmpty();
    after(4, "x");

    assertThat(time.nextDue()).contains(Instant.ofEpochSecond(4));
  }

  @Test
  void foreverIsFarAway() {
    time.schedule(Duration.ofSeconds(Long.MAX_VALUE), () -> log.add("never"));

    time.advance(Duration.ofDays(365_000));

    assertThat(log).isEmpty();
  }

  @Test
  void timeDoesNotRunBackwards() {
    assertThatThrownBy(() -> time.advance(Duration.ofSeconds(-1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> after(-1, "x")).isInstanceOf(IllegalArgumentException.class);
  }
}
