package io.flowcraft.run;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A run as it is at one moment: at its end, or at a pause. Immutable. */
public interface RunResult {

  /** The id of the run. */
  String runId();

  /** The blueprint. */
  String blueprintId();

  /** Where the run is. */
  RunStatus status();

  /** The failures that nobody handled, in the order of their occurrence. */
  List<RunError> errors();

  /** The outputs by node; of a node in a loop, that of its last iteration. */
  Map<String, @Nullable Object> outputs();

  /** The output of a node converted to a type; empty if there is none or it is null. */
  <T> Optional<T> output(String nodeId, Class<T> type);

  /**
   * Everything that the run knows, in the form of the npm library: the initial data, what nodes
   * wrote, outputs, delivered inputs, and what is waited for.
   */
  Map<String, @Nullable Object> context();

  /** The ids of the nodes that wait for a timer, the outside or a child run. */
  List<String> awaiting();

  /** What became of each node; of a node in a loop, in its last iteration. */
  Map<String, NodeStatus> nodes();

  /** When the run began. */
  Instant startedAt();

  /** From the beginning until the status changed last; of a running run, until it was looked at. */
  Duration duration();
}
