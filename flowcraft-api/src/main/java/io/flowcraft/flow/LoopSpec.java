package io.flowcraft.flow;

import org.jspecify.annotations.Nullable;

/**
 * What {@link FlowBuilder} has to be told about a loop. Only usable inside the call that hands it
 * out.
 */
public final class LoopSpec {

  private @Nullable String start;
  private @Nullable String end;

  LoopSpec() {}

  /** The first node of the body; it may be a batch or another loop. */
  public LoopSpec start(String nodeId) {
    start = nodeId;
    return this;
  }

  /** The last node of the body; it may be a batch or another loop. */
  public LoopSpec end(String nodeId) {
    end = nodeId;
    return this;
  }

  Declaration.Loop declare(String id, String condition) {
    return new Declaration.Loop(id, condition, start, end);
  }
}
