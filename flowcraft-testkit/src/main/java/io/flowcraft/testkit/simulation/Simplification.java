package io.flowcraft.testkit.simulation;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes the choices of a failing history fewer and smaller, while somebody else lets the histories
 * happen, one by one. Used by one thread.
 */
public final class Simplification {

  private static final int MOST_ATTEMPTS = 250;

  private final int[] choices;
  private final Map<String, Shrinker.Attempt> known = new HashMap<>();
  private int attempts;

  /**
   * Nothing is simpler yet.
   *
   * @param choices the choices of the failing history
   */
  public Simplification(int[] choices) {
    this.choices = choices.clone();
  }

  /** Stops the search at an attempt that somebody has to make first. */
  private static final class Unknown extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final int[] choices;

    Unknown(int[] choices) {
      super(null, null, false, false);
      this.choices = choices;
    }
  }

  /** The choices to attempt next; null if they don't get simpler. */
  public int @Nullable [] next() {
    try {
      search();
      return null;
    } catch (Unknown unknown) {
      attempts++;
      return unknown.choices.clone();
    }
  }

  /** How many attempts there were, this one included. */
  public int attempts() {
    return attempts;
  }

  /**
   * An attempt has been made.
   *
   * @param fails whether it fails in the same way
   * @param steps how many things happened in it
   */
  public void attempted(int[] attempted, boolean fails, long steps) {
    known.put(Arrays.toString(attempted), new Shrinker.Attempt(fails, steps));
  }

  /** The simplest choices that fail. */
  public int[] simplest() {
    return search();
  }

  /** The search is the same each time as far as its attempts are known. */
  private int[] search() {
    return new Shrinker(choices.clone(), this::attempt).shrink();
  }

  private Shrinker.Attempt attempt(int[] candidate) {
    Shrinker.Attempt attempt = known.get(Arrays.toString(candidate));
    if (attempt != null) {
      return attempt;
    }
    if (attempts >= MOST_ATTEMPTS) {
      return new Shrinker.Attempt(false, 0);
    }
    throw new Unknown(candidate);
  }
}
