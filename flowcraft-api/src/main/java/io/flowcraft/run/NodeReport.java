package io.flowcraft.run;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A node instance as it is now, for people.
 *
 * @param nodeId the node
 * @param iteration the iterations of the loops around it; empty outside loops
 * @param status where it is
 * @param attempts how many attempts were made
 * @param since since when it is there; null if unknown
 * @param waitsFor what it waits for: nodes, {@code timer}, {@code external_event}, a child run
 * @param wakeUpAt when it wakes up by itself; null if it does not
 * @param holder the process that shows that it is at it; null if none does, or if nothing runs long
 *     enough to show it
 * @param error its last error; null for none
 * @param advice what would help; empty if nothing is amiss
 */
public record NodeReport(
    String nodeId,
    String iteration,
    NodeStatus status,
    int attempts,
    @Nullable Instant since,
    List<String> waitsFor,
    @Nullable Instant wakeUpAt,
    @Nullable String holder,
    @Nullable RunError error,
    String advice) {

  /** Copies the list. */
  public NodeReport {
    waitsFor = List.copyOf(waitsFor);
  }
}
