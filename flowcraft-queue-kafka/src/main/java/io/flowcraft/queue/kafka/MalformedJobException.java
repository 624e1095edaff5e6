package io.flowcraft.queue.kafka;

import io.flowcraft.error.ErrorCode;
import io.flowcraft.error.FlowcraftException;

/** A record that holds no job that we can read. */
final class MalformedJobException extends FlowcraftException {

  private static final long serialVersionUID = 1L;

  MalformedJobException(String why) {
    super(ErrorCode.BACKEND, why, null, true);
  }
}
