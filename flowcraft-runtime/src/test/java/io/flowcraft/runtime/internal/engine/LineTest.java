package io.flowcraft.runtime.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LineTest {

  private final Line line = new Line(1_000);

  @Test
  void isNotThereBeforeAnythingHasCome() {
    assertThat(line.millis(5)).isZero();
  }

  @Test
  void isAsLongAsTheLongestOfLate() {
    line.saw(300, 0);
    line.saw(700, 10);
    line.saw(20, 20);

    assertThat(line.millis(30)).isEqualTo(700);
  }

  @Test
  void isForgottenWhenNothingComesAnyMore() {
    line.saw(700, 0);

    assertThat(line.millis(1_001)).isZero();
  }

  @Test
  void isNotLongerThanAnHourWhateverClocksSay() {
    line.saw(Long.MAX_VALUE, 0);

    assertThat(line.millis(10)).isEqualTo(Line.MOST_MILLIS);
  }

  @Test
  void getsShorterWithTheNextThatComesLater() {
    line.saw(700, 0);
    line.saw(20, 1_001);

    assertThat(line.millis(1_002)).isEqualTo(20);
  }
}
