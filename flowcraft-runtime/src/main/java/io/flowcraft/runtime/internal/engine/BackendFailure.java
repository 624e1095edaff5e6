package io.flowcraft.runtime.internal.engine;

import io.flowcraft.error.ErrorCode;
import io.flowcraft.error.FlowcraftException;

/**
 * A backend could not answer. If it comes out of user code it is no failure of the node, which is
 * executed again when the backend may have recovered.
 */
final class BackendFailure extends FlowcraftException {

  private static final long serialVersionUID = 1L;
  private static final int DEEPEST = 20;

  BackendFailure(Throwable cause) {
    super(ErrorCode.BACKEND, "A backend failed: " + cause.getMessage(), cause, true);
  }

  /** Whether a backend is behind an error. */
  static boolean isBehind(Throwable error) {
    Throwable current = error;
    for (int i = 0; i < DEEPEST && current != null; i++) {
      if (current instanceof BackendFailure) {
        return true;
      }
      current = current.getCause();
    }
    return false;
  }
}
