package io.flowcraft.testkit.simulation;

import io.flowcraft.run.NodeStatus;
import io.flowcraft.run.RunStatus;
import io.flowcraft.spi.Outcome;
import io.flowcraft.spi.RunSlice;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A run as it is stored at a moment. */
public final class RunView {

  private final RunStatus status;
  private final RunSlice slice;

  RunView(RunStatus status, RunSlice slice) {
    this.status = status;
    this.slice = slice;
  }

  /** Where the run is. */
  public RunStatus status() {
    return status;
  }

  /** What is stored of a node, in its latest iteration; null if nothing is. */
  public @Nullable NodeStatus node(String nodeId) {
    Outcome outcome = latest(nodeId);
    return outcome == null ? null : outcome.status();
  }

  /** The output of a node, in its latest iteration; null if there is none. */
  public @Nullable Object output(String nodeId) {
    Outcome outcome = latest(nodeId);
    return outcome == null || outcome.output() == null ? null : outcome.output().value();
  }

  /** The nodes of which something is stored. */
  Set<String> nodes() {
    return slice.outcomes().values().stream().map(Outcome::nodeId).collect(Collectors.toSet());
  }

  private @Nullable Outcome latest(String nodeId) {
    Outcome latest = null;
    for (Outcome outcome : slice.outcomes().values()) {
      if (outcome.nodeId().equals(nodeId)
          && (latest == null || outcome.sequence() >= latest.sequence())) {
        latest = outcome;
      }
    }
    return latest;
  }
}
