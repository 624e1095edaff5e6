package io.flowcraft.benchmarks.inprocess;

import java.util.concurrent.CompletableFuture;

/**
 * Somebody who can run a workload. Runs have numbers, from 0 to the capacity; {@link #tidy} makes
 * the numbers free again.
 */
interface Contestant extends AutoCloseable {

  /** Runs the graph to its end, called by the one caller there is. */
  void run(int number);

  /** Starts a run of the graph; called by any thread. */
  CompletableFuture<?> start(int number);

  /** Lets go of the runs since the last call; all of them have ended. */
  void tidy();

  @Override
  void close();
}
