package io.flowcraft.runtime.internal.engine;

import io.flowcraft.error.ErrorCode;
import io.flowcraft.error.FlowcraftException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Waits for a backend's answer, where the caller may block. */
final class Stages {

  private Stages() {}

  static <T extends @Nullable Object> T join(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().join();
    } catch (CompletionException e) {
      Throwable cause = Failures.unwrap(e);
      if (cause instanceof FlowcraftException own) {
        throw own;
      }
      throw new FlowcraftException(
          ErrorCode.BACKEND,
          "A backend failed: " + (cause == null ? e : cause).getMessage(),
          cause == null ? e : cause);
    }
  }
}
