package io.flowcraft.testkit;

import io.flowcraft.flow.Flow;
import io.flowcraft.run.RunOptions;
import io.flowcraft.runtime.FlowRuntime;
import io.flowcraft.runtime.RuntimeBuilder;
import io.flowcraft.testkit.simulation.Rehearsal;
import io.flowcraft.testkit.simulation.RehearsalPlan;
import io.flowcraft.testkit.simulation.Rehearsed;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Processes that share backends and crash according to plan. */
final class RehearsedDriver implements Driver {

  private final Rehearsal rehearsal;

  RehearsedDriver(RehearsalPlan plan) {
    rehearsal = new Rehearsal(plan);
  }

  @Override
  public void configure(Consumer<RuntimeBuilder> configuration) {
    rehearsal.configure(configuration);
  }

  @Override
  public boolean isBegun() {
    return rehearsal.isBegun();
  }

  @Override
  public String start(
      Flow flow, Map<String, ? extends @Nullable Object> input, RunOptions options) {
    return rehearsal.start(flow, input, options);
  }

  @Override
  public void tell(String what, String runId, @Nullable String nodeId, Consumer<FlowRuntime> verb) {
    rehearsal.tell(what, runId, nodeId, verb);
  }

  @Override
  public void mend(String what, String runId, @Nullable String nodeId, Consumer<FlowRuntime> verb) {
    rehearsal.mend(what, runId, nodeId, verb);
  }

  @Override
  public <T> T look(Function<FlowRuntime, T> question) {
    return rehearsal.look(question);
  }

  @Override
  public void drain() {
    rehearsal.settle();
  }

  @Override
  public void step(BooleanSupplier told) {
    rehearsal.step(told);
  }

  @Override
  public void advance(Duration time) {
    rehearsal.advance(time);
  }

  @Override
  public Instant now() {
    return rehearsal.now();
  }

  @Override
  public FlowRuntime runtime() {
    return rehearsal.runtime();
  }

  @Override
  public boolean isDisturbed() {
    return true;
  }

  /** Lets everything come to rest, and tells what came of it. */
  Rehearsed end() {
    return rehearsal.end();
  }

  @Override
  public void close() {
    rehearsal.close();
  }
}
