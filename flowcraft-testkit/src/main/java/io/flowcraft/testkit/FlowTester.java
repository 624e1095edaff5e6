package io.flowcraft.testkit;

import io.flowcraft.event.FlowEvent;
import io.flowcraft.flow.Flow;
import io.flowcraft.node.NodeImplementation;
import io.flowcraft.node.NodeRegistry;
import io.flowcraft.run.RunOptions;
import io.flowcraft.runtime.FlowRuntime;
import io.flowcraft.runtime.RuntimeBuilder;
import io.flowcraft.spi.WebhookRegistrar;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs flows on the thread of a test and in virtual time: the same test takes the same course each
 * time, and a sleep of days takes no time at all.
 *
 * <p>Configure it, then start runs. {@link #start} returns when the run has ended or only time or
 * the outside can move it; {@link #advance} moves the time. Backends are in memory, ids and jitter
 * come from a fixed seed, webhooks get endpoints under {@code https://hooks.invalid}. One thread
 * uses it; a node that blocks blocks the test. A node that takes time returns a future, which a
 * timer completes: {@code context.dependency(TimeSource.class).schedule(…)}.
 *
 * <p>Under {@link CrashEverywhere} and {@link Simulate} the same calls play with processes that
 * crash.
 */
public final class FlowTester implements AutoCloseable {

  private final RecordingListener listener = new RecordingListener();
  private final Substitutes substitutes = new Substitutes();
  private final Map<String, Supplier<? extends @Nullable Object>> compared = new LinkedHashMap<>();
  private final Driver driver;

  /** A tester with nothing configured. */
  public FlowTester() {
    this(new EmbeddedDriver());
  }

  FlowTester(Driver driver) {
    this.driver = driver;
    driver.configure(builder -> builder.webhooks(FlowTester::endpoint).listener(listener));
  }

  private static CompletableFuture<WebhookRegistrar.Endpoint> endpoint(
      String runId, String nodeId) {
    return CompletableFuture.completedFuture(
        new WebhookRegistrar.Endpoint(
            "https://hooks.invalid/" + runId + "/" + nodeId, "webhook:" + nodeId));
  }

  /** Adds implementations by {@code uses} key, which win over those of the flows. */
  public FlowTester registry(NodeRegistry registry) {
    substitutes.add(registry);
    return this;
  }

  /** Has another implementation stand in for all nodes of a {@code uses} key. */
  public FlowTester register(String uses, NodeImplementation implementation) {
    return registry(NodeRegistry.empty().with(uses, implementation));
  }

  /**
   * Has another implementation, for instance of {@link NodeDoubles}, stand in for a node, here and
   * in sub-workflows. Settings of the node, such as retries, stay.
   *
   * @param nodeId a node of the flow that is started next
   */
  public FlowTester replace(String nodeId, NodeImplementation implementation) {
    substitutes.replace(nodeId, implementation);
    return this;
  }

  /** Hands something to nodes, which ask for it by type. */
  public <T> FlowTester dependency(Class<T> type, T instance) {
    return configure(configured -> configured.dependency(type, instance));
  }

  /**
   * Configures anything else of the runtime. Time, executor and queue are better left alone.
   *
   * @throws IllegalStateException if a run has been started
   */
  public FlowTester configure(Consumer<RuntimeBuilder> configuration) {
    if (driver.isBegun()) {
      throw new IllegalStateException(
          "The runtime of the tester is in use. Configure it before the first run.");
    }
    driver.configure(configuration);
    return this;
  }

  /**
   * Names something that must be the same at the end of the test whatever goes wrong: what the
   * nodes have done outside. {@link CrashEverywhere} and {@link Simulate} compare it with what it
   * is without a fault; other tests do not ask for it.
   *
   * @param name what it is, for reports
   * @param value tells it; compared as JSON if it can be written as such, otherwise as text
   */
  public FlowTester compare(String name, Supplier<? extends @Nullable Object> value) {
    compared.put(name, value);
    return this;
  }

  /** What is to be compared, as it is now. */
  Map<String, String> compared() {
    Map<String, String> now = new LinkedHashMap<>();
    compared.forEach((name, value) -> now.put(name, Compared.text(value.get())));
    return now;
  }

  Driver driver() {
    return driver;
  }

  /** Starts a run and runs it as far as it goes without time passing. */
  public TestRun start(Flow flow, Map<String, ? extends @Nullable Object> input) {
    return start(flow, input, RunOptions.DEFAULT);
  }

  /** Starts a run and runs it as far as it goes without time passing. */
  public TestRun start(
      Flow flow, Map<String, ? extends @Nullable Object> input, RunOptions options) {
    TestRun run = startPaused(flow, input, options);
    drain();
    return run;
  }

  /** Starts a run of which nothing runs before {@link TestRun#step} or {@link #drain}. */
  public TestRun startPaused(Flow flow, Map<String, ? extends @Nullable Object> input) {
    return startPaused(flow, input, RunOptions.DEFAULT);
  }

  /** Starts a run of which nothing runs before {@link TestRun#step} or {@link #drain}. */
  public TestRun startPaused(
      Flow flow, Map<String, ? extends @Nullable Object> input, RunOptions options) {
    return new TestRun(this, driver.start(substitutes.in(flow), input, options));
  }

  /** A run that was started by other means, for instance a child run. */
  public TestRun run(String runId) {
    return new TestRun(this, driver.look(runtime -> runtime.handle(runId).runId()));
  }

  /** Runs everything that can run without time passing. */
  public FlowTester drain() {
    driver.drain();
    return this;
  }

  /** Moves the time; what falls due on the way runs at its time, as far as it goes. */
  public FlowTester advance(Duration duration) {
    driver.advance(duration);
    return this;
  }

  /** The virtual time of day. */
  public Instant now() {
    return driver.now();
  }

  /** The runtime behind the tester; from now on it can't be configured. */
  public FlowRuntime runtime() {
    return driver.runtime();
  }

  /** All events of all runs so far. */
  public List<FlowEvent> events() {
    return listener.events();
  }

  /** Runs tasks until a node of the run has come to its end or to rest; the node. */
  Optional<String> step(String runId) {
    Step step = new Step(runId, listener);
    driver.step(step::isOver);
    return step.node();
  }

  @Override
  public void close() {
    driver.close();
  }
}
