package io.flowcraft.benchmarks.inprocess;

import java.util.concurrent.CompletableFuture;

/** A way to run graphs, with the threads that it needs. */
interface Contestant extends AutoCloseable {

  /**
   * Builds a graph.
   *
   * @param capacity how many runs there are at most before the graph is tidied
   */
  Graph graph(Workload workload, int capacity);

  @Override
  void close();

  /**
   * A graph that can be run. Runs have numbers, from 0 to the capacity; {@link #tidy} makes the
   * numbers free again.
   */
  interface Graph {

    /** Runs the graph to its end, called by the one caller there is. */
    void run(int number);

    /** Starts a run of the graph; called by any thread. */
    CompletableFuture<?> start(int number);

    /** Lets go of the runs since the last call; all of them have ended. */
    void tidy();
  }
}
