package io.flowcraft.run;

import java.time.Duration;
import java.util.concurrent.CompletionStage;

/** A started run. All methods may be called from any thread. */
public interface RunHandle {

  /** The id of the run. */
  String runId();

  /**
   * Waits until the run is final or only the outside can move it. Blocks the caller.
   *
   * @param timeout how long to wait at most
   * @return the run as it is then
   * @throws io.flowcraft.error.FlowcraftException if the time is over before
   */
  RunResult await(Duration timeout);

  /** Completes when the run is final or only the outside can move it. */
  CompletionStage<RunResult> settled();

  /** The run as it is now. Blocks while the store answers. */
  RunResult snapshot();
}
