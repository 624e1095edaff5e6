package io.flowcraft.runtime.internal.engine;

import io.flowcraft.error.ErrorCode;
import io.flowcraft.error.FlowcraftException;
import io.flowcraft.node.Cancellation;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells user code that its result is not wanted any more. A signal may have a parent: what stops a
 * run stops its executions.
 */
final class StopSignal implements Cancellation {

  private final Object lock = new Object();
  private final String what;
  private @Nullable List<Runnable> actions;
  private volatile boolean stopped;

  StopSignal(String what) {
    this.what = what;
  }

  /** Stops; later calls do nothing. */
  void stop() {
    List<Runnable> due;
    synchronized (lock) {
      if (stopped) {
        return;
      }
      stopped = true;
      due = actions == null ? List.of() : actions;
      actions = null;
    }
    due.forEach(Runnable::run);
  }

  @Override
  public boolean isCancelled() {
    return stopped;
  }

  @Override
  public void throwIfCancelled() {
    if (stopped) {
      throw new FlowcraftException(ErrorCode.CANCELLED, what, null, true);
    }
  }

  @Override
  public void onCancel(Runnable action) {
    synchronized (lock) {
      if (!stopped) {
        List<Runnable> list = actions == null ? new ArrayList<>(2) : actions;
        list.add(action);
        actions = list;
        return;
      }
    }
    action.run();
  }

  /** Forgets an action that is not needed any more. */
  void forget(Runnable action) {
    synchronized (lock) {
      if (actions != null) {
        actions.remove(action);
      }
    }
  }
}
