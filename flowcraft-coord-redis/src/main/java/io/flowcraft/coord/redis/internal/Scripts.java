package io.flowcraft.coord.redis.internal;

import io.flowcraft.error.ErrorCode;
import io.flowcraft.error.FlowcraftException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.redisson.api.RScript;
import org.redisson.api.RScript.Mode;
import org.redisson.api.RScript.ReturnType;
import org.redisson.api.RedissonClient;
import org.redisson.client.RedisNoScriptException;
import org.redisson.client.codec.StringCodec;

/**
 * Sends scripts by their digest, and whole where Redis has not seen them or has forgotten them: a
 * restart, a replica that takes over and SCRIPT FLUSH empty its memory of scripts.
 */
public final class Scripts {

  private static final int LONGEST_CAUSE = 300;

  private final RScript scripts;

  /** Scripts that a client sends. */
  public Scripts(RedissonClient client) {
    this.scripts = client.getScript(StringCodec.INSTANCE);
  }

  /** The answer of a script; a failure is a {@link FlowcraftException} that names the call. */
  <R extends @Nullable Object> CompletionStage<R> run(
      Script script, ReturnType type, String what, List<Object> keys, Object... arguments) {
    String first = (String) keys.get(0);
    CompletionStage<R> known =
        scripts.evalShaAsync(first, Mode.READ_WRITE, script.digest(), type, keys, arguments);
    return known.exceptionallyCompose(
        error -> {
          Throwable cause = unwrap(error);
          if (!(cause instanceof RedisNoScriptException)) {
            return CompletableFuture.failedFuture(failure(what, cause));
          }
          CompletionStage<R> whole =
              scripts.evalAsync(first, Mode.READ_WRITE, script.text(), type, keys, arguments);
          return whole.exceptionallyCompose(
              again -> CompletableFuture.failedFuture(failure(what, unwrap(again))));
        });
  }

  private static Throwable unwrap(Throwable error) {
    return error instanceof CompletionException && error.getCause() != null
        ? error.getCause()
        : error;
  }

  /** A failure in words; Redisson's own message may go on with all arguments of the call. */
  static FlowcraftException failure(String what, Throwable cause) {
    String said = cause.getClass().getSimpleName() + ": " + cause.getMessage();
    if (said.length() > LONGEST_CAUSE) {
      said = said.substring(0, LONGEST_CAUSE) + "…";
    }
    return new FlowcraftException(
        ErrorCode.BACKEND,
        "Redis has not answered the call \""
            + what
            + "\", which may have taken effect or not; asking again is safe. "
            + said,
        cause);
  }
}
