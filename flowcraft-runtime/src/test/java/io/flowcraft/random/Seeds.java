package io.flowcraft.random;

import java.util.Random;
import java.util.function.Consumer;

/** Tries a property with many random inputs, the same ones in every build. */
public final class Seeds {

  /** Neighbouring seeds give neighbouring first numbers unless they are spread. */
  private static final long SPREAD = 0x9E37_79B9_7F4A_7C15L;

  private Seeds() {}

  /** Runs a test once for each seed; a failure names its seed. */
  public static void each(int tries, Consumer<Random> test) {
    for (int seed = 0; seed < tries; seed++) {
      try {
        test.accept(new Random(SPREAD * seed));
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("failed with seed " + seed + ": " + e.getMessage(), e);
      }
    }
  }
}
