package io.flowcraft.testkit.golden;

/** The order in which what can run at once is run. */
enum Schedule {
  /** Each node runs as soon as it can, its successors right behind it. */
  EAGER,

  /**
   * All nodes that can run do, and only then their results count, in the order in which the nodes
   * began: one of the schedules that our engine may follow when it has threads enough.
   */
  ROUNDS,

  /**
   * As {@link #ROUNDS}, with a limit of concurrency disregarded: what the original's barrier
   * amounts to. With a limit our engine can't follow it.
   */
  BARRIER
}
