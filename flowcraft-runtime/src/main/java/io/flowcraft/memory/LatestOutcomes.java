package io.flowcraft.memory;

import io.flowcraft.spi.Outcome;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The latest outcome of each node that shows in the context, whichever its iteration. */
final class LatestOutcomes {

  private final Map<String, Outcome> byNode = new HashMap<>();

  LatestOutcomes(Collection<Outcome> outcomes) {
    for (Outcome outcome : outcomes) {
      put(outcome);
    }
  }

  /**
   * Takes note of a stored outcome.
   *
   * @param replaced what was stored for its instance before
   * @return false if the node's latest outcome has gone, so that all have to be looked at again
   */
  boolean add(Outcome outcome, @Nullable Outcome replaced) {
    Outcome known = replaced == null ? null : byNode.get(replaced.nodeId());
    boolean latestGone =
        known != null
            && known.instance().equals(outcome.instance())
            && (!counts(outcome) || outcome.sequence() < known.sequence());
    put(outcome);
    return !latestGone;
  }

  private void put(Outcome outcome) {
    if (counts(outcome)) {
      Outcome known = byNode.get(outcome.nodeId());
      if (known == null || outcome.sequence() >= known.sequence()) {
        byNode.put(outcome.nodeId(), outcome);
      }
    }
  }

  private static boolean counts(Outcome outcome) {
    return switch (outcome.status()) {
      case COMPLETED, REPLACED, TIMER, AWAITING -> true;
      case WAITING, QUEUED, RUNNING, FAILED, SKIPPED -> false;
    };
  }

  void readInto(Map<String, Outcome> found, Collection<String> nodes) {
    for (String node : nodes) {
      Outcome outcome = byNode.get(node);
      if (outcome != null) {
        found.put(outcome.instance(), outcome);
      }
    }
  }
}
