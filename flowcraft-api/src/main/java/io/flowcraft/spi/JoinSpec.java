package io.flowcraft.spi;

import io.flowcraft.blueprint.Join;

/**
 * A join as the coordination store needs to know it.
 *
 * @param rule the rule
 * @param expected how many edges lead to the join
 */
public record JoinSpec(Join rule, int expected) {

  /** The join of a node with one incoming edge. */
  public static final JoinSpec SINGLE = new JoinSpec(Join.all(), 1);

  /** What a join has come to. */
  public enum State {
    /** Undecided. */
    PENDING,
    /** The node starts. */
    READY,
    /** The node is skipped, as planned. */
    SKIPPED,
    /** The node is skipped because of a failure before it. */
    DEAD
  }

  /**
   * What the join has come to, from the numbers of its decided edges. Pure; every coordination
   * store decides like this. In whatever order the edges are decided, it comes to the same: a join
   * that can only be skipped waits for its last edge, which may be dead.
   */
  public State decide(int taken, int skipped, int dead) {
    boolean all = taken + skipped + dead >= expected;
    State missed = dead > 0 ? State.DEAD : State.SKIPPED;
    return switch (rule.kind()) {
      case ALL -> {
        if (!all) {
          yield dead > 0 ? State.DEAD : State.PENDING;
        }
        yield dead > 0 ? State.DEAD : taken > 0 ? State.READY : State.SKIPPED;
      }
      case EVERY -> {
        if (dead > 0) {
          yield State.DEAD;
        }
        yield !all ? State.PENDING : skipped > 0 ? State.SKIPPED : State.READY;
      }
      case ANY -> taken > 0 ? State.READY : all ? missed : State.PENDING;
      case AT_LEAST -> {
        if (taken >= rule.count()) {
          yield State.READY;
        }
        boolean lost = expected - skipped - dead < rule.count();
        yield lost && (all || dead > 0) ? missed : State.PENDING;
      }
    };
  }
}
