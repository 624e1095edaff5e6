package io.flowcraft.testservers;

/** A server that tests need is not there; the message says what to do. */
public final class ServersException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  ServersException(String message) {
    super(message);
  }

  ServersException(String message, Throwable cause) {
    super(message, cause);
  }
}
