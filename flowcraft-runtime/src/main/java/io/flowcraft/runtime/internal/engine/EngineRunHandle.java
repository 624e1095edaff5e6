package io.flowcraft.runtime.internal.engine;

import io.flowcraft.error.ErrorCode;
import io.flowcraft.error.FlowcraftException;
import io.flowcraft.run.RunHandle;
import io.flowcraft.run.RunResult;
import io.flowcraft.spi.RunRecord;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A run as its caller holds it. */
final class EngineRunHandle implements RunHandle {

  private final Engine engine;
  private final RunFrame frame;
  private final CompletableFuture<RunResult> settled;

  EngineRunHandle(Engine engine, RunFrame frame) {
    this.engine = engine;
    this.frame = frame;
    this.settled = frame.settled();
    frame.awaits();
  }

  @Override
  public String runId() {
    return frame.runId();
  }

  @Override
  public RunResult await(Duration timeout) {
    try {
      return settled.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw new FlowcraftException(
          ErrorCode.RUN_STATE,
          "Run '"
              + runId()
              + "' did not come to rest within "
              + timeout.toMillis()
              + " ms. It goes on; explain the run to see what it waits for.",
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new FlowcraftException(
          ErrorCode.CANCELLED, "Waiting for run '" + runId() + "' was interrupted.", e);
    } catch (ExecutionException e) {
      throw new FlowcraftException(
          ErrorCode.BACKEND, "Run '" + runId() + "' could not be awaited.", e);
    }
  }

  @Override
  public CompletionStage<RunResult> settled() {
    return settled;
  }

  @Override
  public RunResult snapshot() {
    RunRecord now = Stages.join(engine.services().store().find(runId())).orElse(frame.record());
    return engine.endings().result(frame, now);
  }
}
