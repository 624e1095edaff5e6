package io.flowcraft.testkit.golden;

import io.flowcraft.error.FlowcraftException;
import java.util.concurrent.CompletionException;

/** The messages of errors as the recordings have them: without codes and wrappers. */
final class Messages {

  private Messages() {}

  /** The message of an error. */
  static String of(Throwable error) {
    Throwable cause = error.getCause();
    if (error instanceof CompletionException && cause != null) {
      return of(cause);
    }
    return error instanceof FlowcraftException own
        ? own.detail()
        : String.valueOf(error.getMessage());
  }
}
