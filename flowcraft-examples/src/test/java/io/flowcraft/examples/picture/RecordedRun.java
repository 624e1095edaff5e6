package io.flowcraft.examples.picture;

import io.flowcraft.run.NodeStatus;
import io.flowcraft.run.RunError;
import io.flowcraft.run.RunResult;
import io.flowcraft.run.RunStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A run that somebody wrote down. */
record RecordedRun(
    String runId,
    String blueprintId,
    RunStatus status,
    Map<String, NodeStatus> nodes,
    Map<String, @Nullable Object> outputs)
    implements RunResult {

  @Override
  public List<RunError> errors() {
    return List.of();
  }

  @Override
  public <T> Optional<T> output(String nodeId, Class<T> type) {
    return Optional.ofNullable(outputs.get(nodeId)).map(type::cast);
  }

  @Override
  public Map<String, @Nullable Object> context() {
    return Map.of();
  }

  @Override
  public List<String> awaiting() {
    return List.of();
  }

  @Override
  public Instant startedAt() {
    return Instant.EPOCH;
  }

  @Override
  public Duration duration() {
    return Duration.ofMillis(40);
  }
}
