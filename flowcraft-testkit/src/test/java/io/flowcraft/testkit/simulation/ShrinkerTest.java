package io.flowcraft.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class ShrinkerTest {

  @Test
  void whatDoesNotMatterIsCutOffOrMadeHarmless() {
    int[] shrunk = shrink(choices -> at(choices, 40) >= 3 && at(choices, 90) == 2);

    assertThat(shrunk).hasSize(91);
    assertThat(shrunk[40]).isEqualTo(3);
    assertThat(shrunk[90]).isEqualTo(2);
    assertThat(Arrays.stream(shrunk).filter(choice -> choice != 0)).hasSize(2);
  }

  @Test
  void nothingIsLeftOfWhatFailsAnyway() {
    assertThat(shrink(choices -> true)).isEmpty();
  }

  @Test
  void whatCannotBeMadeSimplerStays() {
    int[] choices = choices();

    assertThat(shrink(other -> Arrays.equals(other, choices))).isEqualTo(choices);
  }

  @Test
  void itGivesUpWhenHistoriesAreLong() {
    int[] tries = {0};
    new Shrinker(
            choices(),
            choices -> {
              tries[0]++;
              return new Shrinker.Attempt(false, 3_000_000);
            })
        .shrink();

    assertThat(tries[0]).isLessThan(10);
  }

  private static int[] shrink(Predicate<int[]> fails) {
    return new Shrinker(choices(), other -> new Shrinker.Attempt(fails.test(other), 1)).shrink();
  }

  private static int[] choices() {
    SplittableRandom random = new SplittableRandom(1);
    int[] choices = new int[200];
    Arrays.setAll(choices, i -> 1 + random.nextInt(9));
    choices[40] = 7;
    choices[90] = 2;
    return choices;
  }

  private static int at(int[] choices, int index) {
    return index < choices.length ? choices[index] : 0;
  }
}
