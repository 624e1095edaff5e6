package io.flowcraft.runtime.internal.engine;

import io.flowcraft.run.NodeStatus;
import io.flowcraft.run.RunError;
import io.flowcraft.run.RunResult;
import io.flowcraft.run.RunStatus;
import io.flowcraft.runtime.internal.graph.GraphNode;
import io.flowcraft.spi.Outcome;
import io.flowcraft.spi.Payload;
import io.flowcraft.spi.RunRecord;
import io.flowcraft.spi.RunSlice;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A run as it was read; what is asked for is worked out when it is asked for. */
final class StoredRunResult implements RunResult {

  private final Services services;
  private final RunFrame frame;
  private final RunStatus status;
  private final List<RunError> errors;
  private final RunSlice slice;
  private final Function<String, @Nullable Map<String, @Nullable Object>> childContexts;
  private final long endedAt;

  StoredRunResult(
      Services services,
      RunFrame frame,
      RunRecord now,
      List<RunError> errors,
      RunSlice slice,
      Function<String, @Nullable Map<String, @Nullable Object>> childContexts) {
    this.childContexts = childContexts;
    this.services = services;
    this.frame = frame;
    this.status = now.status();
    this.errors = errors;
    this.slice = slice;
    // What moves has no end yet; what rests or has ended does not change by being looked at.
    this.endedAt = status == RunStatus.RUNNING ? services.time().millis() : now.updatedAtMillis();
  }

  @Override
  public String runId() {
    return frame.runId();
  }

  @Override
  public String blueprintId() {
    return frame.record().blueprintId();
  }

  @Override
  public RunStatus status() {
    return status;
  }

  @Override
  public List<RunError> errors() {
    return errors;
  }

  @Override
  public Map<String, @Nullable Object> outputs() {
    Map<String, @Nullable Object> outputs = new LinkedHashMap<>();
    for (Outcome outcome : ContextSnapshot.inOrder(slice)) {
      Payload output = outcome.output();
      if (output != null && outcome.status().isFinal()) {
        outputs.put(outcome.nodeId(), output.value());
      }
    }
    return Collections.unmodifiableMap(outputs);
  }

  @Override
  public <T> Optional<T> output(String nodeId, Class<T> type) {
    Object output = outputs().get(nodeId);
    return output == null
        ? Optional.empty()
        : Optional.of(
            services.values().convert(output, type, "The output of node '" + nodeId + "'"));
  }

  @Override
  public Map<String, @Nullable Object> context() {
    Map<String, @Nullable Object> context = ContextSnapshot.build(frame, slice);
    ChildStates.add(services, childContexts, slice, context);
    return Collections.unmodifiableMap(context);
  }

  @Override
  public List<String> awaiting() {
    return ContextSnapshot.inOrder(slice).stream()
        .filter(ContextSnapshot::isParked)
        .map(Outcome::nodeId)
        .toList();
  }

  @Override
  public Map<String, NodeStatus> nodes() {
    Map<String, NodeStatus> nodes = new LinkedHashMap<>();
    // What a completed run has never come to, such as the body of a loop without iterations.
    NodeStatus other = status == RunStatus.COMPLETED ? NodeStatus.SKIPPED : NodeStatus.WAITING;
    for (GraphNode node : frame.graph().declared()) {
      nodes.put(node.id(), node.isFallbackOnly() ? NodeStatus.SKIPPED : other);
    }
    for (Outcome outcome : ContextSnapshot.inOrder(slice)) {
      nodes.put(outcome.nodeId(), outcome.status());
    }
    return Collections.unmodifiableMap(nodes);
  }

  @Override
  public Instant startedAt() {
    return Instant.ofEpochMilli(frame.record().createdAtMillis());
  }

  @Override
  public Duration duration() {
    return Duration.ofMillis(Math.max(0, endedAt - frame.record().createdAtMillis()));
  }

  @Override
  public String toString() {
    return "Run " + runId() + " of " + blueprintId() + " is " + status + errors;
  }
}
