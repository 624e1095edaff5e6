package io.flowcraft.node;

import io.flowcraft.run.RunError;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a node sees while it executes. Valid until the execution ends; safe to hand to the threads
 * that work for it.
 */
public interface NodeContext {

  /** The id of the run. */
  String runId();

  /** The id of the blueprint that the node belongs to. */
  String blueprintId();

  /** The id of the node. */
  String nodeId();

  /**
   * The iteration of the loops around the node, outermost first, for instance {@code
   * pages#3/rows#0}; empty outside loops.
   */
  String iteration();

  /** The attempt, from 1. */
  int attempt();

  /**
   * The same text for every execution of this node instance (run, node, iteration), on whichever
   * worker and attempt: the key to hand to outside systems so that they count an effect once.
   */
  String idempotencyKey();

  /** Whether there is an input, possibly null. */
  boolean hasInput();

  /** The input as JSON-like data, or null. */
  @Nullable Object input();

  /**
   * The input converted to a type.
   *
   * @throws io.flowcraft.error.FlowcraftException if there is none or it does not convert
   */
  <T> T input(Class<T> type);

  /** What each taken edge delivered, by source node, in the order of the edges. */
  Map<String, @Nullable Object> inputs();

  /** The static parameters; empty if there are none. */
  Map<String, @Nullable Object> params();

  /**
   * The static parameters converted to a type.
   *
   * @throws io.flowcraft.error.FlowcraftException if they do not convert
   */
  <T> T params(Class<T> type);

  /** The run's shared data. */
  RunContext context();

  /**
   * A dependency that was handed to the runtime.
   *
   * @throws io.flowcraft.error.FlowcraftException if there is none of this type
   */
  <T> T dependency(Class<T> type);

  /** Tells whether the execution should end early. */
  Cancellation cancellation();

  /** In a fallback node: why the node that it stands in for failed; otherwise null. */
  @Nullable RunError failure();
}
