package io.flowcraft.spi;

import java.util.Collection;
import java.util.List;

/**
 * Everything that a coordination store has to know of a run.
 *
 * @param runId the run
 * @param epoch the epoch of the run that this begins; later than any before
 * @param sequence completions are numbered from the number after this one
 * @param failed how many instances failed before
 * @param decided the instances that are decided: they can't be completed or opened any more
 * @param open the instances that are due or parked
 * @param parked those of the open ones that are parked
 * @param joins the joins at which some edges have arrived and that are not decided
 */
public record RunState(
    String runId,
    long epoch,
    long sequence,
    int failed,
    Collection<String> decided,
    Collection<String> open,
    Collection<String> parked,
    List<PendingJoin> joins) {

  /** A run that begins. */
  public static RunState begin(String runId, long epoch, List<String> open) {
    return new RunState(runId, epoch, 0, 0, List.of(), open, List.of(), List.of());
  }

  /**
   * A join at which some edges have arrived.
   *
   * @param target the instance behind the join
   * @param join the join
   * @param arrived the edges, in the order of their arrival
   */
  public record PendingJoin(String target, JoinSpec join, List<ArrivedEdge> arrived) {}

  /**
   * An edge that has arrived at a join.
   *
   * @param edge the edge
   * @param source the instance that it came from
   * @param state how it was decided
   */
  public record ArrivedEdge(String edge, String source, EdgeState state) {}
}
