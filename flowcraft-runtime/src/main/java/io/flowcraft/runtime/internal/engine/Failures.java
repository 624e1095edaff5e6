package io.flowcraft.runtime.internal.engine;

import io.flowcraft.error.FlowcraftException;
import io.flowcraft.run.RunError;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** Gets at what really failed. */
final class Failures {

  private Failures() {}

  /** The error inside the wrappers that stages put around it. */
  static @Nullable Throwable unwrap(@Nullable Throwable error) {
    Throwable current = error;
    while ((current instanceof CompletionException || current instanceof ExecutionException)
        && current.getCause() != null) {
      current = current.getCause();
    }
    return current;
  }

  /** The error as data. */
  static RunError describe(String nodeId, Throwable error) {
    Throwable cause = unwrap(error);
    return RunError.of(nodeId, cause == null ? error : cause);
  }

  static boolean isFatal(Throwable error) {
    return error instanceof FlowcraftException own && own.isFatal();
  }

  /** Whether an error, or one that it is a subclass of, is named. */
  static boolean isNamed(Throwable error, List<String> classNames) {
    for (Class<?> type = error.getClass(); type != null; type = type.getSuperclass()) {
      if (classNames.contains(type.getName())) {
        return true;
      }
    }
    return false;
  }
}
