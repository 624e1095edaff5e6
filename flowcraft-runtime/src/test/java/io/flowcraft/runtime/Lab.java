package io.flowcraft.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowcraft.event.FlowEvent;
import io.flowcraft.flow.Flow;
import io.flowcraft.memory.InMemoryContextStore;
import io.flowcraft.run.Resume;
import io.flowcraft.run.RunHandle;
import io.flowcraft.run.RunOptions;
import io.flowcraft.run.RunResult;
import io.flowcraft.spi.ContextStore;
import io.flowcraft.spi.ContextStoreProvider;
import io.flowcraft.spi.ProviderContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A runtime whose time and threads are the test's: nothing happens unless the test says so, and
 * what happens, happens in the same order every time.
 */
final class Lab implements AutoCloseable {

  final TestTime time;
  final TestExecutor executor = new TestExecutor();
  final List<FlowEvent> events = new ArrayList<>();
  final ContextStore store;
  final FlowRuntime runtime;

  /** Hands out a store that exists already, as a database does. */
  record Sharing(ContextStore store) implements ContextStoreProvider {
    @Override
    public String name() {
      return "shared";
    }

    @Override
    public ContextStore create(ProviderContext context) {
      return store;
    }
  }

  Lab() {
    this(builder -> {});
  }

  Lab(Consumer<RuntimeBuilder> more) {
    this(new TestTime(), new InMemoryContextStore(), more);
  }

  /** A process on a store that outlives it. */
  static Lab on(ContextStore store, Consumer<RuntimeBuilder> more) {
    return new Lab(new TestTime(), store, more);
  }

  private Lab(TestTime time, ContextStore store, Consumer<RuntimeBuilder> more) {
    this.time = time;
    this.store = store;
    RuntimeBuilder builder =
        FlowRuntime.builder()
            .time(time)
            .executor(executor)
            .random(new SplittableRandom(7))
            .listener(events::add)
            .alone()
            .contextStore(new Sharing(store))
            .properties(Map.of("flowcraft.queue", "memory", "flowcraft.coordination", "memory"));
    more.accept(builder);
    this.runtime = builder.build();
  }

  /** Another process on the same store, which knows these flows; this one is gone. */
  Lab successor(Flow... flows) {
    return successor(
        builder -> {
          for (Flow flow : flows) {
            builder.flow(flow);
          }
        });
  }

  Lab successor(Consumer<RuntimeBuilder> more) {
    return new Lab(time, store, more);
  }

  RunHandle start(Flow flow, Map<String, ? extends @Nullable Object> input, RunOptions options) {
    return runtime.start(flow, input, options);
  }

  /** Starts a run under an id and lets everything happen that can without time passing. */
  RunHandle launch(Flow flow, String runId) {
    RunHandle handle = runtime.start(flow, Map.of(), RunOptions.runId(runId));
    drain();
    return handle;
  }

  /** Runs a flow until nothing moves, without time passing; it must have settled then. */
  RunResult run(Flow flow) {
    return run(flow, Map.of());
  }

  RunResult run(Flow flow, Map<String, ? extends @Nullable Object> input) {
    return run(flow, input, RunOptions.DEFAULT);
  }

  RunResult run(Flow flow, Map<String, ? extends @Nullable Object> input, RunOptions options) {
    return settled(runtime.start(flow, input, options));
  }

  /** Lets everything happen that can; the run must have settled then. */
  RunResult settled(RunHandle handle) {
    drain();
    CompletableFuture<RunResult> settled = handle.settled().toCompletableFuture();
    assertThat(settled).as("run %s settles", handle.runId()).isDone();
    return settled.join();
  }

  RunResult resume(String runId, @Nullable String nodeId, Resume answer) {
    return settled(runtime.resume(runId, nodeId, answer));
  }

  void drain() {
    executor.drain();
  }

  void advance(Duration duration) {
    time.advance(duration, executor::drain);
  }

  /** The events of a type, in order. */
  <E extends FlowEvent> List<E> events(Class<E> type) {
    return events.stream().filter(type::isInstance).map(type::cast).toList();
  }

  @Override
  public void close() {
    runtime.close();
  }
}
