package io.flowcraft.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.flowcraft.error.ErrorCode;
import io.flowcraft.error.FlowcraftException;

/** Expects the library's exception with a code. */
final class Codes {

  private Codes() {}

  /** The exception, for a look at its message. */
  static FlowcraftException assertCode(ErrorCode code, Runnable call) {
    FlowcraftException thrown = catchThrowableOfType(FlowcraftException.class, call::run);
    assertThat(thrown).as("an exception with the code %s", code).isNotNull();
    assertThat(thrown.code()).as(thrown.getMessage()).isEqualTo(code);
    return thrown;
  }
}
