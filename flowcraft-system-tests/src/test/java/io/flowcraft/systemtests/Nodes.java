package io.flowcraft.systemtests;

import io.flowcraft.node.AsyncNodeFunction;
import io.flowcraft.node.NodeFunction;
import io.flowcraft.node.NodeResult;

/** What the nodes of the suite do. */
final class Nodes {

  /** The id of the node. */
  static final NodeFunction OWN_ID = c -> NodeResult.output(c.nodeId());

  /** The input, if there is one. */
  static final NodeFunction ECHO =
      c -> c.hasInput() ? NodeResult.output(c.input()) : NodeResult.none();

  /** What the taken edges delivered. */
  static final NodeFunction INPUTS = c -> NodeResult.output(c.inputs());

  /** Nothing but a failure. */
  static final NodeFunction BROKEN =
      c -> {
        throw new IllegalStateException("broken");
      };

  private Nodes() {}

  /** Returns a value. */
  static NodeFunction returns(Object value) {
    return c -> NodeResult.output(value);
  }

  /** Fails in the first executions, then returns the id of the node. */
  static NodeFunction failing(int times) {
    return c -> {
      if (c.dependency(Marks.class).count(c.idempotencyKey()) <= times) {
        throw new IllegalStateException("not yet");
      }
      return OWN_ID.run(c);
    };
  }

  /** Says that it runs, and ends when the test says so. */
  static AsyncNodeFunction until(String mark) {
    return c -> {
      Marks marks = c.dependency(Marks.class);
      marks.reach(c.runId() + " runs " + c.nodeId());
      return marks.mark(mark).thenApply(done -> NodeResult.output(c.nodeId()));
    };
  }
}
