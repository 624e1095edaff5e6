package io.flowcraft.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class DurationTextTest {

  @Test
  void readsMillisecondsAndTexts() {
    assertThat(DurationText.parse(1500)).contains(Duration.ofMillis(1500));
    assertThat(DurationText.parse(0.5)).contains(Duration.ofNanos(500_000));
    assertThat(DurationText.parse("500ms")).contains(Duration.ofMillis(500));
    assertThat(DurationText.parse("10s")).contains(Duration.ofSeconds(10));
    assertThat(DurationText.parse("5m")).contains(Duration.ofMinutes(5));
    assertThat(DurationText.parse("1h")).contains(Duration.ofHours(1));
    assertThat(DurationText.parse("2d")).contains(Duration.ofDays(2));
    assertThat(DurationText.parse("0s")).contains(Duration.ZERO);
  }

  @Test
  void refusesAllElse() {
    for (Object none :
        Arrays.asList(
            null, -1, Double.NaN, "", "5", "1.5s", "-5m", "5w", "5 m", "PT5M", true, List.of())) {
      assertThat(DurationText.parse(none)).as("%s", none).isEmpty();
    }
  }

  @Test
  void cutsWhatNobodyLivesToSee() {
    assertThat(DurationText.parse("999999999999999d")).contains(Duration.ofDays(36_500));
    assertThat(DurationText.parse(1e300)).contains(Duration.ofDays(36_500));
  }
}
