package io.flowcraft.runtime;

import io.flowcraft.error.ErrorCode;
import io.flowcraft.error.FlowcraftException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Closes what was opened, last first, each once, whatever the others do. */
final class Closing {

  private static final Logger log = LoggerFactory.getLogger(Closing.class);

  private final Deque<AutoCloseable> opened = new ArrayDeque<>();
  private volatile boolean closed;

  /** Remembers to close something. */
  synchronized <T extends AutoCloseable> T add(T resource) {
    opened.push(resource);
    return resource;
  }

  boolean isOpen() {
    return !closed;
  }

  void requireOpen() {
    if (closed) {
      throw new FlowcraftException(
          ErrorCode.CLOSED, "The runtime is closed. Build another one on the same stores.");
    }
  }

  synchronized void close() {
    closed = true;
    while (!opened.isEmpty()) {
      AutoCloseable resource = opened.pop();
      try {
        resource.close();
      } catch (Exception | Error e) {
        log.warn("{} could not be closed.", resource.getClass().getName(), e);
      }
    }
  }
}
