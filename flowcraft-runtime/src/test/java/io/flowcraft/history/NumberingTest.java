package io.flowcraft.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NumberingTest {

  private static final long NOW = 1_800_000_000_000L;

  @Test
  void numbersGrowWhateverTheClockDoes() {
    Numbering numbers = new Numbering(7, -1);
    long last = -1;
    for (long at : new long[] {NOW, NOW, NOW + 1, NOW - 60_000, 0, -5, NOW, Long.MAX_VALUE, NOW}) {
      long next = numbers.next(at);
      assertThat(next).isGreaterThan(last);
      last = next;
    }
  }

  @Test
  void numbersGoOnBehindTheLastOne() {
    long ahead = new Numbering(1, -1).next(NOW + 60_000);

    assertThat(new Numbering(2, ahead).next(NOW)).isGreaterThan(ahead);
    assertThat(new Numbering(2, 17).next(NOW)).isGreaterThan(17);
  }

  @Test
  void eventsOfTwoProcessesFallIntoTheOrderOfTheirTimes() {
    Numbering here = new Numbering(4095, -1);
    Numbering there = new Numbering(0, -1);

    long first = here.next(NOW);
    long second = there.next(NOW + 1);
    long third = here.next(NOW + 2);

    assertThat(second).isBetween(first, third);
  }

  @Test
  void noTwoRecordersTakeTheSameNumber() {
    Numbering here = new Numbering(1, -1);
    Numbering there = new Numbering(2, -1);
    Set<Long> taken = new HashSet<>();
    for (int i = 0; i < 1_000; i++) {
      assertThat(taken.add(here.next(NOW))).isTrue();
      assertThat(taken.add(there.next(NOW))).isTrue();
    }
  }
}
