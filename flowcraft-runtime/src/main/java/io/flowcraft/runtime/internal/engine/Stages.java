package io.flowcraft.runtime.internal.engine;

import io.flowcraft.error.ErrorCode;
import io.flowcraft.error.FlowcraftException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits for a backend's answer, where the caller may block. */
final class Stages {

  private static final Logger log = LoggerFactory.getLogger(Stages.class);

  private Stages() {}

  /**
   * Goes on when a stage is done, on whichever thread that is; for callbacks that hand over to
   * another thread and do not fail.
   */
  static <T> void whenDone(
      CompletionStage<T> stage, BiConsumer<? super @Nullable T, ? super @Nullable Throwable> then) {
    CompletionStage<T> unused =
        stage.whenComplete(
            (value, error) -> {
              try {
                then.accept(value, error);
              } catch (RuntimeException | Error e) {
                log.error("A continuation failed.", e);
              }
            });
  }

  /** Goes on at once if a stage is done, else on a thread of the executor, which may block. */
  static <T extends @Nullable Object, R extends @Nullable Object> CompletionStage<R> thenOn(
      Executor executor, CompletionStage<T> stage, Function<T, CompletionStage<R>> then) {
    return stage.toCompletableFuture().isDone()
        ? stage.thenCompose(then)
        : stage.thenComposeAsync(then, executor);
  }

  /** For what is worth trying, and tried again anyway. */
  static void logFailure(CompletionStage<?> stage, String message) {
    CompletionStage<?> unused =
        stage.whenComplete(
            (value, error) -> {
              if (error != null) {
                log.warn(message, error);
              }
            });
  }

  static <T extends @Nullable Object> T join(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().join();
    } catch (CompletionException e) {
      Throwable cause = Failures.unwrap(e);
      if (cause instanceof FlowcraftException own && own.code() != ErrorCode.BACKEND) {
        throw own;
      }
      throw new BackendFailure(cause == null ? e : cause);
    }
  }
}
