package io.flowcraft.testkit.simulation;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What is to go wrong in a {@link Rehearsal}: nothing, one crash, or what chance brings. Immutable.
 */
public final class RehearsalPlan {

  /** How many processes share the work where chance rules. */
  private static final int PROCESSES = 3;

  private final int processes;
  private final int effect;
  private final boolean before;
  private final @Nullable Long seed;
  private final int[] choices;
  private final boolean told;

  private RehearsalPlan(
      int processes, int effect, boolean before, @Nullable Long seed, int[] choices, boolean told) {
    this.processes = processes;
    this.effect = effect;
    this.before = before;
    this.seed = seed;
    this.choices = choices;
    this.told = told;
  }

  /** One process, and nothing goes wrong. */
  public static RehearsalPlan ideal() {
    return new RehearsalPlan(1, 0, false, null, new int[0], true);
  }

  /**
   * One process, which dies right before one of its effects; another one takes over.
   *
   * @param effect the number of the effect, from 1; see {@link Rehearsed#effects()}
   */
  public static RehearsalPlan crashBefore(int effect) {
    return new RehearsalPlan(1, effect, true, null, new int[0], true);
  }

  /** One process, which dies right after one of its effects; another one takes over. */
  public static RehearsalPlan crashAfter(int effect) {
    return new RehearsalPlan(1, effect, false, null, new int[0], true);
  }

  /** Three processes, and everything may go wrong that can; a seed decides what does. */
  public static RehearsalPlan ofSeed(long seed) {
    return new RehearsalPlan(PROCESSES, 0, false, seed, new int[0], false);
  }

  /** The same with choices that are known; see {@link Rehearsed#choices()}. */
  public static RehearsalPlan ofChoices(int[] choices) {
    return new RehearsalPlan(PROCESSES, 0, false, null, choices.clone(), false);
  }

  /** The same, and the history is told. */
  public RehearsalPlan told() {
    return new RehearsalPlan(processes, effect, before, seed, choices, true);
  }

  int processes() {
    return processes;
  }

  /** Whether chance has a say. */
  boolean isLeftToChance() {
    return processes > 1;
  }

  /** Whether the process dies in the moment of an effect, and which one that is; 0 for none. */
  int effect() {
    return effect;
  }

  boolean isBefore() {
    return before;
  }

  boolean isTold() {
    return told;
  }

  Choices makeChoices() {
    return seed == null ? Choices.of(choices) : Choices.ofSeed(seed);
  }

  @Override
  public String toString() {
    if (effect > 0) {
      return "crash " + (before ? "before" : "after") + " effect " + effect;
    }
    return seed != null ? "seed " + seed : "choices " + Arrays.toString(choices);
  }
}
