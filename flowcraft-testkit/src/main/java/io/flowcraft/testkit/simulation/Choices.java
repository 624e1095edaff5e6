package io.flowcraft.testkit.simulation;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a history leaves to chance: drawn from a seed, or given as a list of numbers.
 *
 * <p>Zero is always the harmless choice: the oldest task, no fault, no delay. Behind the end of a
 * given list everything is harmless. What was chosen is noted, so that a history can be repeated
 * and made simpler.
 */
final class Choices {

  /** How many different moods there are in each respect. */
  private static final int[] RESTLESSNESS = {100, 100, 50, 20, 5};

  private static final int[] RARITY = {8, 20, 40, 80, 160};
  private static final int MOST_FAULTS = 6;

  private final @Nullable SplittableRandom random;
  private final int[] given;
  private final int restlessness;
  private final int rarity;
  private final int budget;
  private int[] made = new int[256];
  private int count;
  private int faults;

  private Choices(@Nullable SplittableRandom random, int[] given) {
    this.random = random;
    this.given = given;
    this.restlessness = random == null ? 0 : RESTLESSNESS[random.nextInt(RESTLESSNESS.length)];
    this.rarity = random == null ? 0 : RARITY[random.nextInt(RARITY.length)];
    this.budget = random == null ? MOST_FAULTS : random.nextInt(MOST_FAULTS + 1);
  }

  /** Choices that a seed decides. */
  static Choices ofSeed(long seed) {
    return new Choices(new SplittableRandom(seed), new int[0]);
  }

  /** Given choices, and harmless ones behind them. */
  static Choices of(int[] given) {
    return new Choices(null, given);
  }

  /** Only harmless choices. */
  static Choices none() {
    return of(new int[0]);
  }

  /** One of some options, all alike. */
  int among(int options) {
    if (options <= 1) {
      return 0;
    }
    return note(random == null ? given(options) : random.nextInt(options));
  }

  /** One of some tasks: the oldest, or any. */
  int order(int options) {
    if (options <= 1) {
      return 0;
    }
    if (random == null) {
      return note(given(options));
    }
    boolean any = random.nextInt(100) < restlessness;
    return note(any ? random.nextInt(options) : 0);
  }

  /** Mostly 0; seldom, and only so often in a history, one of the faults from 1 on. */
  int fault(int kinds) {
    if (kinds == 0) {
      return 0;
    }
    boolean spent = faults >= budget;
    int chosen =
        random == null
            ? given(kinds + 1)
            : random.nextInt(rarity) == 0 ? 1 + random.nextInt(kinds) : 0;
    chosen = spent ? 0 : chosen;
    faults += chosen == 0 ? 0 : 1;
    return note(chosen);
  }

  private int given(int options) {
    return count < given.length ? given[count] % options : 0;
  }

  private int note(int choice) {
    if (count == made.length) {
      made = Arrays.copyOf(made, 2 * count);
    }
    made[count++] = choice;
    return choice;
  }

  /** What was chosen so far, without the harmless choices at the end. */
  int[] made() {
    int length = count;
    while (length > 0 && made[length - 1] == 0) {
      length--;
    }
    return Arrays.copyOf(made, length);
  }
}
