package io.flowcraft.blueprint;

import java.util.Set;

/** The {@code uses} keys that the engine implements itself. */
public final class BuiltIns {

  /** Parks until somebody resumes the run. */
  public static final String WAIT = "wait";

  /** Parks for {@code params.duration}: milliseconds, or a text such as {@code 5m}. */
  public static final String SLEEP = "sleep";

  /** Asks the webhook registrar for an endpoint and returns it. */
  public static final String WEBHOOK = "webhook";

  /** Runs the blueprint {@code params.blueprintId} as a child run. */
  public static final String SUBFLOW = "subflow";

  /** The name that the original's builder gives to {@link #SUBFLOW}. */
  public static final String SUBFLOW_CLASS = "SubflowNode";

  /** Starts a worker for each element of its input. */
  public static final String BATCH_SCATTER = "batch-scatter";

  /** Collects the workers' outputs in the order of the elements. */
  public static final String BATCH_GATHER = "batch-gather";

  /** Decides whether a loop goes on. */
  public static final String LOOP_CONTROLLER = "loop-controller";

  /** All of them. */
  public static final Set<String> ALL =
      Set.of(
          WAIT,
          SLEEP,
          WEBHOOK,
          SUBFLOW,
          SUBFLOW_CLASS,
          BATCH_SCATTER,
          BATCH_GATHER,
          LOOP_CONTROLLER);

  private BuiltIns() {}

  /** Whether the key names a sub-workflow node. */
  public static boolean isSubflow(String uses) {
    return SUBFLOW.equals(uses) || SUBFLOW_CLASS.equals(uses);
  }
}
