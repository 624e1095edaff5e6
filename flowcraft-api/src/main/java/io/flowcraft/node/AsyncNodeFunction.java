package io.flowcraft.node;

import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A node that returns at once and delivers its result later. The rules of {@link NodeFunction}
 * hold; the function itself must not block.
 */
@FunctionalInterface
public non-sealed interface AsyncNodeFunction extends NodeImplementation {

  /**
   * Starts the node.
   *
   * @return completes with the result, or exceptionally to fail the attempt
   * @throws Exception any exception fails the attempt
   */
  CompletionStage<? extends @Nullable NodeResult> start(NodeContext context) throws Exception;
}
