package io.flowcraft.testkit;

import io.flowcraft.flow.Flow;
import io.flowcraft.run.RunOptions;
import io.flowcraft.runtime.FlowRuntime;
import io.flowcraft.runtime.RuntimeBuilder;
import io.flowcraft.spi.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One runtime with backends in memory; nothing goes wrong. */
final class EmbeddedDriver implements Driver {

  private static final Map<String, String> IN_MEMORY =
      Map.of(
          "flowcraft.queue", "memory",
          "flowcraft.state", "memory",
          "flowcraft.coordination", "memory");

  private final VirtualTime time = new VirtualTime();
  private final ManualExecutor executor = new ManualExecutor();
  private final RuntimeBuilder builder;
  private @Nullable FlowRuntime runtime;

  EmbeddedDriver() {
    builder =
        FlowRuntime.builder()
            .properties(IN_MEMORY)
            .time(time)
            .executor(executor)
            .random(new Random(42))
            .dependency(TimeSource.class, time)
            // Each node is a job of its own, so that a test can go step by step.
            .maxLocalSteps(0);
  }

  @Override
  public void configure(Consumer<RuntimeBuilder> configuration) {
    configuration.accept(builder);
  }

  @Override
  public boolean isBegun() {
    return runtime != null;
  }

  @Override
  public String start(
      Flow flow, Map<String, ? extends @Nullable Object> input, RunOptions options) {
    return runtime().start(flow, input, options).runId();
  }

  @Override
  public void tell(String what, String runId, @Nullable String nodeId, Consumer<FlowRuntime> verb) {
    verb.accept(runtime());
  }

  @Override
  public void mend(String what, String runId, @Nullable String nodeId, Consumer<FlowRuntime> verb) {
    verb.accept(runtime());
  }

  @Override
  public <T> T look(Function<FlowRuntime, T> question) {
    return question.apply(runtime());
  }

  @Override
  public void drain() {
    executor.drain();
  }

  @Override
  public void step(BooleanSupplier told) {
    boolean more = true;
    while (more && !told.getAsBoolean()) {
      more = executor.runNext();
    }
  }

  @Override
  public void advance(Duration duration) {
    time.advance(duration, executor::drain);
  }

  @Override
  public Instant now() {
    return time.now();
  }

  @Override
  public FlowRuntime runtime() {
    if (runtime == null) {
      runtime = builder.build();
    }
    return runtime;
  }

  @Override
  public boolean isDisturbed() {
    return false;
  }

  @Override
  public void close() {
    if (runtime != null) {
      runtime.close();
    }
  }
}
