package io.flowcraft.testkit;

import io.flowcraft.error.FlowcraftException;
import io.flowcraft.node.NodeFunction;
import io.flowcraft.node.NodeResult;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Makes nodes that stand in for others in tests. */
public final class NodeDoubles {

  private NodeDoubles() {}

  /** A node that returns an output, or a {@link NodeResult}. */
  public static NodeDouble returning(@Nullable Object output) {
    NodeResult result = result(output);
    return new NodeDouble(context -> result);
  }

  /**
   * A node whose first attempts fail, and which then returns an output, or a {@link NodeResult}.
   *
   * @param times how many attempts fail, those of all executions counted together
   * @param then what the other attempts return
   */
  public static NodeDouble failing(int times, @Nullable Object then) {
    AtomicInteger attempts = new AtomicInteger();
    NodeResult result = result(then);
    return new NodeDouble(
        context -> {
          int attempt = attempts.incrementAndGet();
          if (attempt <= times) {
            throw FlowcraftException.failure("Failure " + attempt + " of " + times + " on purpose");
          }
          return result;
        });
  }

  /** A node that always fails with this error. */
  public static NodeDouble failing(Exception error) {
    return new NodeDouble(
        context -> {
          throw error;
        });
  }

  /** A node that returns nothing. */
  public static NodeDouble recording() {
    return new NodeDouble(context -> NodeResult.none());
  }

  /** A node that does what another one does. */
  public static NodeDouble recording(NodeFunction real) {
    return new NodeDouble(real);
  }

  /** A node that runs until the test ends it. */
  public static PausingNode pausing() {
    return new PausingNode();
  }

  static NodeResult result(@Nullable Object output) {
    return output instanceof NodeResult result ? result : NodeResult.output(output);
  }

  static NodeCall last(List<NodeCall> calls) {
    if (calls.isEmpty()) {
      throw new IllegalStateException("The test double has not been called.");
    }
    return calls.get(calls.size() - 1);
  }
}
