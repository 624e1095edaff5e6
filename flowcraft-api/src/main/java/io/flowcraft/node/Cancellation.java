package io.flowcraft.node;

/**
 * Tells node code that its result is not wanted any more: the run was cancelled, or the node has
 * run into its timeout. Cooperative; a blocking thread is interrupted as well.
 */
public interface Cancellation {

  /** Whether the result is not wanted any more. */
  boolean isCancelled();

  /** Throws if {@link #isCancelled()}. */
  void throwIfCancelled();

  /**
   * Runs an action when the cancellation comes, or at once if it has come; on any thread, at most
   * once. The action must not block.
   */
  void onCancel(Runnable action);
}
