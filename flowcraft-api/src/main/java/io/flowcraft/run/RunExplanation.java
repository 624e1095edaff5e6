package io.flowcraft.run;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Why a run is where it is.
 *
 * @param runId the run
 * @param blueprintId the blueprint
 * @param status where the run is
 * @param nodes every node that is not finished, in the order of the blueprint
 */
public record RunExplanation(
    String runId, String blueprintId, RunStatus status, List<NodeReport> nodes) {

  /** Copies the list. */
  public RunExplanation {
    nodes = List.copyOf(nodes);
  }

  /** The explanation as text, a line for each node. */
  @Override
  public String toString() {
    String head = "run " + runId + " of " + blueprintId + " is " + status;
    return nodes.stream()
        .map(RunExplanation::line)
        .collect(Collectors.joining("\n", head + (nodes.isEmpty() ? "" : "\n"), ""));
  }

  private static String line(NodeReport node) {
    StringBuilder line = new StringBuilder("  ").append(node.nodeId());
    if (!node.iteration().isEmpty()) {
      line.append(" @").append(node.iteration());
    }
    line.append(": ").append(node.status());
    if (node.since() != null) {
      line.append(" since ").append(node.since());
    }
    if (!node.waitsFor().isEmpty()) {
      line.append(", waits for ").append(String.join(", ", node.waitsFor()));
    }
    if (node.wakeUpAt() != null) {
      line.append(", wakes up at ").append(node.wakeUpAt());
    }
    if (node.error() != null) {
      line.append(", failed: ").append(node.error());
    }
    if (!node.advice().isEmpty()) {
      line.append(" -> ").append(node.advice());
    }
    return line.toString();
  }
}
