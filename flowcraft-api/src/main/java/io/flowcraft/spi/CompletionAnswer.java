package io.flowcraft.spi;

import java.util.List;

/**
 * What a completion has come to; the same answer to the same completion, however often it is asked.
 *
 * @param verdict whether it counts
 * @param sequence the place of this completion among all of the run, from 1, growing
 * @param resolved the joins that this completion resolved, in the order of its arrivals
 * @param open how many node instances are due, running or parked after it
 * @param parked how many of these are parked
 * @param failed how many completions so far said that they failed
 */
public record CompletionAnswer(
    Verdict verdict, long sequence, List<ResolvedJoin> resolved, int open, int parked, int failed) {

  /** Whether a completion counts. */
  public enum Verdict {
    /** It was the first; or it was asked again by the one who was. */
    WON,
    /** Another execution was first. */
    LOST,
    /** The store knows nothing of the run: its state must be rebuilt. */
    UNKNOWN
  }

  /** The answer for a run that the store does not know. */
  public static final CompletionAnswer UNKNOWN_RUN =
      new CompletionAnswer(Verdict.UNKNOWN, 0, List.of(), 0, 0, 0);

  /**
   * A join that is decided now.
   *
   * @param target the node instance behind it; it is open from now on
   * @param state what became of it; never {@link JoinSpec.State#PENDING}
   * @param taken the edges that were taken, with the instances that they came from
   * @param missed the instances from which edges have arrived that were not taken
   */
  public record ResolvedJoin(
      String target, JoinSpec.State state, List<TakenEdge> taken, List<String> missed) {

    /** A join all of whose arrived edges were taken, or one with a single edge. */
    public ResolvedJoin(String target, JoinSpec.State state, List<TakenEdge> taken) {
      this(target, state, taken, List.of());
    }
  }

  /**
   * A taken edge.
   *
   * @param edge the edge
   * @param source the instance that it came from
   */
  public record TakenEdge(String edge, String source) {}
}
