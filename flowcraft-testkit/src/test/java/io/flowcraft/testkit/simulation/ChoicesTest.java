package io.flowcraft.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ChoicesTest {

  @Test
  void aSeedAlwaysChoosesTheSame() {
    assertThat(draw(Choices.ofSeed(7))).isEqualTo(draw(Choices.ofSeed(7)));
    assertThat(draw(Choices.ofSeed(7))).isNotEqualTo(draw(Choices.ofSeed(8)));
  }

  @Test
  void whatWasMadeCanBeRepeated() {
    Choices seeded = Choices.ofSeed(7);
    int[] drawn = draw(seeded);

    assertThat(draw(Choices.of(seeded.made()))).isEqualTo(drawn);
  }

  @Test
  void everythingIsHarmlessBehindTheEndOfAList() {
    Choices choices = Choices.of(new int[] {2});

    assertThat(choices.among(3)).isEqualTo(2);
    assertThat(draw(choices)).containsOnly(0);
  }

  @Test
  void givenNumbersFitTheOptions() {
    assertThat(Choices.of(new int[] {7}).among(3)).isEqualTo(1);
    assertThat(Choices.of(new int[] {7}).fault(3)).isEqualTo(3);
  }

  @Test
  void noChoiceIsMadeOfOneOption() {
    Choices choices = Choices.ofSeed(1);

    assertThat(choices.among(1)).isZero();
    assertThat(choices.order(1)).isZero();
    assertThat(choices.fault(0)).isZero();
    assertThat(choices.made()).isEmpty();
  }

  @Test
  void faultsAreFewWhateverIsGiven() {
    int[] given = new int[100];
    java.util.Arrays.fill(given, 1);
    Choices choices = Choices.of(given);

    int faults = 0;
    for (int i = 0; i < 100; i++) {
      faults += choices.fault(5);
    }

    assertThat(faults).isEqualTo(6);
  }

  @Test
  void seedsHaveFaultsNowAndThen() {
    int faults = 0;
    for (long seed = 1; seed <= 100; seed++) {
      Choices choices = Choices.ofSeed(seed);
      for (int i = 0; i < 100; i++) {
        faults += choices.fault(5) == 0 ? 0 : 1;
      }
    }

    assertThat(faults).isBetween(100, 400);
  }

  private static int[] draw(Choices choices) {
    int[] drawn = new int[300];
    for (int i = 0; i < drawn.length; i += 3) {
      drawn[i] = choices.among(10);
      drawn[i + 1] = choices.order(10);
      drawn[i + 2] = choices.fault(10);
    }
    return drawn;
  }
}
