package io.flowcraft.runtime;

import io.flowcraft.event.FlowEvent;
import io.flowcraft.flow.Flow;
import io.flowcraft.history.EventJson;
import io.flowcraft.history.HistoryRecorder;
import io.flowcraft.node.NodeResult;
import io.flowcraft.run.Resume;
import io.flowcraft.run.RunExplanation;
import io.flowcraft.run.RunHandle;
import io.flowcraft.run.RunOptions;
import io.flowcraft.run.RunResult;
import io.flowcraft.runtime.internal.engine.CompiledBlueprint;
import io.flowcraft.runtime.internal.engine.FlowEngine;
import io.flowcraft.runtime.internal.engine.Implementations;
import io.flowcraft.spi.RunPage;
import io.flowcraft.spi.RunQuery;
import java.time.Duration;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Runs workflows: starts them, answers them, explains them, mends them.
 *
 * <p>Safe for use by many threads; an application needs one. Methods that return a run's data block
 * the caller while a store answers. Close it to let go of threads and connections; stored runs stay
 * and can be gone on with by another runtime on the same stores.
 */
public final class FlowRuntime implements AutoCloseable {

  private static final Duration FOR_EVER = Duration.ofDays(36_500);

  private final FlowEngine engine;
  private final Implementations implementations;
  private final @Nullable HistoryRecorder recorder;
  private final Closing closing;
  private final Duration drain;
  private final HealthCheck health;

  /** By identity, as comparing blueprints costs more than running small ones; copied on write. */
  private volatile IdentityHashMap<Flow, Boolean> known = new IdentityHashMap<>();

  FlowRuntime(
      FlowEngine engine,
      Implementations implementations,
      @Nullable HistoryRecorder recorder,
      Closing closing,
      Duration drain,
      HealthCheck health) {
    this.engine = engine;
    this.implementations = implementations;
    this.recorder = recorder;
    this.closing = closing;
    this.drain = drain;
    this.health = health;
  }

  /** Begins to configure a runtime. */
  public static RuntimeBuilder builder() {
    return new RuntimeBuilder();
  }

  /** Runs a flow; see {@link #run(Flow, Map, RunOptions)}. */
  public RunResult run(Flow flow, Map<String, ? extends @Nullable Object> input) {
    return run(flow, input, RunOptions.DEFAULT);
  }

  /**
   * Runs a flow to its end, or until only the outside can move it. Blocks the caller, whose thread
   * executes nodes as well; sleeps are waited for.
   *
   * @param flow what to run; it is made known to this runtime
   * @param input the initial data of the run
   * @throws io.flowcraft.error.FlowcraftException if the flow, the input or the options are not
   *     acceptable; then nothing has happened
   */
  public RunResult run(
      Flow flow, Map<String, ? extends @Nullable Object> input, RunOptions options) {
    know(flow);
    return run(flow.id(), input, options);
  }

  /** Runs a blueprint that this runtime knows; see {@link #run(Flow, Map, RunOptions)}. */
  public RunResult run(
      String blueprintId, Map<String, ? extends @Nullable Object> input, RunOptions options) {
    closing.requireOpen();
    return engine.start(blueprintId, input, options, true).await(FOR_EVER);
  }

  /** Starts a flow with defaults; see {@link #start(Flow, Map, RunOptions)}. */
  public RunHandle start(Flow flow, Map<String, ? extends @Nullable Object> input) {
    return start(flow, input, RunOptions.DEFAULT);
  }

  /**
   * Starts a run and returns. Starting an id again starts nothing and returns the run of that id.
   *
   * @throws io.flowcraft.error.FlowcraftException if the flow, the input or the options are not
   *     acceptable, or if the id belongs to a run of another definition or input; then nothing has
   *     happened
   */
  public RunHandle start(
      Flow flow, Map<String, ? extends @Nullable Object> input, RunOptions options) {
    know(flow);
    return start(flow.id(), input, options);
  }

  /** Starts a blueprint that this runtime knows; see {@link #start(Flow, Map, RunOptions)}. */
  public RunHandle start(
      String blueprintId, Map<String, ? extends @Nullable Object> input, RunOptions options) {
    closing.requireOpen();
    return engine.start(blueprintId, input, options, false);
  }

  private void know(Flow flow) {
    if (!known.containsKey(flow)) {
      learn(flow);
    }
  }

  private synchronized void learn(Flow flow) {
    implementations.add(flow.registry());
    engine.register(flow.id(), CompiledBlueprint.of(flow.blueprint()));
    flow.children().forEach(this::know);
    IdentityHashMap<Flow, Boolean> more = new IdentityHashMap<>(known);
    more.put(flow, true);
    known = more;
  }

  /**
   * Makes a flow known, as starting it does: its runs that others have started can be worked on
   * here from now on.
   */
  public void register(Flow flow) {
    closing.requireOpen();
    know(flow);
  }

  /**
   * A run by its id.
   *
   * @throws io.flowcraft.error.FlowcraftException if there is none
   */
  public RunHandle handle(String runId) {
    closing.requireOpen();
    return engine.handle(runId);
  }

  /**
   * Answers a waiting or sleeping node. If the node waits for a child run, the child is answered.
   *
   * @param nodeId the node; null for the first one that waits
   * @throws io.flowcraft.error.FlowcraftException if the node does not wait
   */
  public RunHandle resume(String runId, @Nullable String nodeId, Resume resume) {
    closing.requireOpen();
    return engine.resume(runId, nodeId, resume);
  }

  /**
   * Asks a run to stop. Nothing of it begins any more, running nodes are told and interrupted, what
   * they return is recorded. A run that had nothing left to do is completed all the same.
   *
   * @param reason for people
   */
  public RunHandle cancel(String runId, String reason) {
    closing.requireOpen();
    return engine.cancel(runId, reason);
  }

  /**
   * Runs a failed, stalled or cancelled run on from where it stopped; what was completed stays.
   *
   * @throws io.flowcraft.error.FlowcraftException if the run's status does not allow it
   */
  public RunHandle retry(String runId) {
    closing.requireOpen();
    return engine.retry(runId);
  }

  /**
   * Completes a parked or failed node without output, as if it had run.
   *
   * @throws io.flowcraft.error.FlowcraftException if the node is neither parked nor failed
   */
  public RunHandle skipNode(String runId, String nodeId) {
    return completeNode(runId, nodeId, NodeResult.none());
  }

  /**
   * Completes a parked or failed node with a result of the caller's, as if it had run.
   *
   * @throws io.flowcraft.error.FlowcraftException if the node is neither parked nor failed
   */
  public RunHandle completeNode(String runId, String nodeId, NodeResult result) {
    closing.requireOpen();
    return engine.complete(runId, nodeId, result);
  }

  /** Why a run is where it is, node by node. */
  public RunExplanation explain(String runId) {
    closing.requireOpen();
    return engine.explain(runId);
  }

  /**
   * The recorded events of a run, in their order; empty if there are none. What this runtime has
   * told of the run before the call is waited for and is among them.
   *
   * @throws io.flowcraft.error.FlowcraftException if the store fails, or if an event can't be read
   * @see RuntimeBuilder#recordHistory
   * @see io.flowcraft.history.HistoryReplay
   */
  public List<FlowEvent> history(String runId) {
    closing.requireOpen();
    return engine.history(runId, recorded(runId)).stream()
        .map(entry -> EventJson.read(entry.body().value()))
        .toList();
  }

  private CompletionStage<Void> recorded(String runId) {
    return recorder == null ? CompletableFuture.completedFuture(null) : recorder.flush(runId);
  }

  /** Lists stored runs. */
  public RunPage list(RunQuery query) {
    closing.requireOpen();
    return engine.list(query);
  }

  /**
   * Removes an ended run and everything about it.
   *
   * @throws io.flowcraft.error.FlowcraftException if the run has not ended
   */
  public void delete(String runId) {
    closing.requireOpen();
    // An event that is stored late would outlive the run.
    recorded(runId).exceptionally(lost -> null).toCompletableFuture().join();
    engine.delete(runId);
  }

  /**
   * Asks each backend for something small. Blocks until all have answered, at most for the given
   * time; asks them each time.
   *
   * @param patience who has not answered by then is taken for down
   */
  public Health health(Duration patience) {
    closing.requireOpen();
    return health.ask(patience);
  }

  /** Begins to take jobs; a runtime on the embedded queue has begun already. */
  public void startWorker() {
    closing.requireOpen();
    engine.startWorker();
  }

  /**
   * Takes no more jobs, waits a while for the nodes that run ({@link RuntimeBuilder#drain}), hands
   * back those that still do, and lets go of everything; a second call does nothing. A process that
   * is alone with the embedded backends does not wait, as nothing outlives it.
   */
  @Override
  public void close() {
    if (closing.isOpen()) {
      engine.drain(drain);
    }
    closing.close();
  }
}
