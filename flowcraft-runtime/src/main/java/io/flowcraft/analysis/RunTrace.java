package io.flowcraft.analysis;

import io.flowcraft.blueprint.Blueprint;
import io.flowcraft.blueprint.EdgeDefinition;
import java.util.HashSet;
import java.util.Set;

/**
 * The way that a run took through its blueprint.
 *
 * @param completed the ids of the nodes that completed
 * @param failed the ids of the nodes that failed; one that completed later counts as completed
 * @param taken the edges that were taken
 */
public record RunTrace(Set<String> completed, Set<String> failed, Set<EdgeDefinition> taken) {

  /** Copies the sets. */
  public RunTrace {
    completed = Set.copyOf(completed);
    failed = Set.copyOf(failed);
    taken = Set.copyOf(taken);
  }

  /**
   * The same trace and the edges that must have been taken, for a trace made from events, which
   * tell of conditions only: an edge without condition and action from a completed node to one that
   * ran.
   */
  public RunTrace withImpliedEdges(Blueprint blueprint) {
    Set<EdgeDefinition> all = new HashSet<>(taken);
    for (EdgeDefinition edge : blueprint.edges()) {
      boolean isFree = !edge.hasAction() && !edge.hasCondition();
      boolean hasRun = completed.contains(edge.target()) || failed.contains(edge.target());
      if (isFree && completed.contains(edge.source()) && hasRun) {
        all.add(edge);
      }
    }
    return new RunTrace(completed, failed, all);
  }
}
