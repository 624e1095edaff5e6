package io.flowcraft.testkit.simulation;

import java.util.Arrays;
import java.util.function.Function;

/**
 * Makes the choices of a failing history fewer and smaller, as long as it fails in the same way.
 */
final class Shrinker {

  private static final int MOST_TRIES = 2_000;
  private static final long MOST_STEPS = 10_000_000;

  private final Function<int[], Attempt> history;
  private int[] best;
  private int tries;
  private long steps;

  /**
   * A shrinker.
   *
   * @param choices the choices of the failing history
   * @param history lets a history of other choices happen
   */
  Shrinker(int[] choices, Function<int[], Attempt> history) {
    this.best = choices;
    this.history = history;
  }

  /**
   * A history of other choices.
   *
   * @param fails whether it fails in the same way
   * @param steps how many things happened in it
   */
  record Attempt(boolean fails, long steps) {}

  /** The simplest choices that were found. */
  int[] shrink() {
    int before;
    do {
      before = weight(best);
      cutTail();
      for (int size = Math.max(1, best.length / 2); size >= 1; size /= 2) {
        zeroBlocks(size);
      }
      lower();
    } while (weight(best) < before && isPatient());
    return best;
  }

  private static int weight(int[] choices) {
    int weight = choices.length;
    for (int choice : choices) {
      weight += choice == 0 ? 0 : 100 + choice;
    }
    return weight;
  }

  private void cutTail() {
    int low = 0;
    while (low < best.length && isPatient()) {
      int middle = (low + best.length) / 2;
      if (!attempt(Arrays.copyOf(best, middle))) {
        low = middle + 1;
      }
    }
  }

  private void zeroBlocks(int size) {
    for (int from = 0; from < best.length && isPatient(); from += size) {
      int to = Math.min(best.length, from + size);
      boolean zero = true;
      for (int i = from; i < to; i++) {
        zero &= best[i] == 0;
      }
      if (!zero) {
        int[] candidate = best.clone();
        Arrays.fill(candidate, from, to, 0);
        attempt(candidate);
      }
    }
  }

  private void lower() {
    for (int i = 0; i < best.length && isPatient(); i++) {
      for (int value : new int[] {1, best[i] / 2, best[i] - 1}) {
        if (i < best.length && value > 0 && value < best[i]) {
          int[] candidate = best.clone();
          candidate[i] = value;
          attempt(candidate);
        }
      }
    }
  }

  private boolean isPatient() {
    return tries < MOST_TRIES && steps < MOST_STEPS;
  }

  private boolean attempt(int[] candidate) {
    Attempt attempt = history.apply(candidate);
    tries++;
    steps += attempt.steps();
    if (!attempt.fails()) {
      return false;
    }
    int length = candidate.length;
    while (length > 0 && candidate[length - 1] == 0) {
      length--;
    }
    best = Arrays.copyOf(candidate, length);
    return true;
  }
}
