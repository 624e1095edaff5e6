package io.flowcraft.testkit.golden;

import io.flowcraft.node.NodeContext;
import io.flowcraft.node.NodeResult;
import java.util.concurrent.CompletionStage;

/** What the standard nodes and middlewares of a case share. */
interface Bench {

  /** The number of the attempt that a node makes; the first is 1. */
  int attempt(NodeContext node);

  /** Lets a node take its time, and completes with a result then. */
  CompletionStage<NodeResult> sleep(NodeContext node, double millis, NodeResult result);

  /** Cancels what is under way. */
  void cancel();

  /** Writes a line for the middlewares. */
  void log(String line);

  /** A node body begins. */
  void enter();

  /** A node body ends. */
  void leave();
}
