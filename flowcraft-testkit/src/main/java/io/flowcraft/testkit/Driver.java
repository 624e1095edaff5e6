package io.flowcraft.testkit;

import io.flowcraft.flow.Flow;
import io.flowcraft.run.RunOptions;
import io.flowcraft.runtime.FlowRuntime;
import io.flowcraft.runtime.RuntimeBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What moves the runs of a tester: one runtime, or several that crash. */
interface Driver extends AutoCloseable {

  /** Configures the runtimes; called before anything is started. */
  void configure(Consumer<RuntimeBuilder> configuration);

  /** Whether it is too late to configure anything. */
  boolean isBegun();

  /** Starts a run; returns its id. */
  String start(Flow flow, Map<String, ? extends @Nullable Object> input, RunOptions options);

  /**
   * Does something with a run.
   *
   * @param what in words
   * @param nodeId the node that it is about; null for the run
   */
  void tell(String what, String runId, @Nullable String nodeId, Consumer<FlowRuntime> verb);

  /** The same for what is done by hand to a node. */
  void mend(String what, String runId, @Nullable String nodeId, Consumer<FlowRuntime> verb);

  /** Asks for something. */
  <T> T look(Function<FlowRuntime, T> question);

  /** Lets everything happen that can without time passing. */
  void drain();

  /** Lets things happen one by one, without time passing, until something was told. */
  void step(BooleanSupplier told);

  /** Lets time pass. */
  void advance(Duration time);

  /** The time of day. */
  Instant now();

  /** A runtime that is at work. */
  FlowRuntime runtime();

  /** Whether a node may be executed again because a process has died. */
  boolean isDisturbed();

  @Override
  void close();
}
