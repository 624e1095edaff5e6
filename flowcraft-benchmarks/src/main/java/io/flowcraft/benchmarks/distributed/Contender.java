package io.flowcraft.benchmarks.distributed;

import java.util.concurrent.CompletionStage;

/** Something that can run a load. */
interface Contender extends AutoCloseable {

  /** Gets ready for a load, so that only runs are measured. */
  Runner prepare(Load load);

  @Override
  void close();

  /** Starts runs of a load. */
  interface Runner {

    /** How many are to be under way. */
    int inFlight();

    /** How many steps each has. */
    int steps();

    /** Starts one; the stage completes when all its results are durable. May block. */
    CompletionStage<?> start();
  }
}
