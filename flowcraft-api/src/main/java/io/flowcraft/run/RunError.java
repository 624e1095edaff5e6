package io.flowcraft.run;

import io.flowcraft.error.ErrorCode;
import io.flowcraft.error.FlowcraftException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A failure as data, so that it survives the process that saw it.
 *
 * @param code the stable code
 * @param nodeId the node that failed; null if the run itself did
 * @param message what happened
 * @param causes the messages down the chain of causes, outermost first
 * @param type the class name of the innermost error that is not the library's
 * @param fatal whether retries and a fallback were ruled out
 */
public record RunError(
    ErrorCode code,
    @Nullable String nodeId,
    String message,
    List<String> causes,
    @Nullable String type,
    boolean fatal) {

  /** Copies the causes. */
  public RunError {
    Objects.requireNonNull(code, "code");
    causes = List.copyOf(causes);
  }

  /**
   * An error of a node: the library's own exceptions keep their message, any other becomes the
   * cause of a general one.
   */
  public static RunError of(@Nullable String nodeId, Throwable error) {
    List<String> causes = new ArrayList<>();
    if (error instanceof FlowcraftException own) {
      addCauses(own.getCause(), causes);
      return new RunError(own.code(), nodeId, own.detail(), causes, null, own.isFatal());
    }
    addCauses(error, causes);
    return new RunError(
        ErrorCode.NODE_FAILED,
        nodeId,
        "Node '" + nodeId + "' execution failed",
        causes,
        error.getClass().getName(),
        false);
  }

  private static void addCauses(@Nullable Throwable error, List<String> causes) {
    int depth = 0;
    for (Throwable t = error; t != null && depth < 20; t = t.getCause()) {
      String message = t instanceof FlowcraftException own ? own.detail() : t.getMessage();
      causes.add(message == null ? t.getClass().getName() : message);
      depth++;
    }
  }

  @Override
  public String toString() {
    String where = nodeId == null ? "" : " (node " + nodeId + ")";
    String why = causes.isEmpty() ? "" : ": " + String.join(": ", causes);
    return "[" + code.code() + "] " + message + where + why;
  }
}
