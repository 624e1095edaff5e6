package io.flowcraft.testkit.golden;

/** An ordinary failure of a standard node or middleware. */
final class NodeError extends RuntimeException {

  private static final long serialVersionUID = 1L;

  NodeError(String message) {
    super(message);
  }
}
