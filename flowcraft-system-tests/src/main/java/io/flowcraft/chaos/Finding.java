package io.flowcraft.chaos;

/**
 * Something that must not be.
 *
 * @param kind what sort of thing
 * @param runId of which run
 * @param what in words
 */
record Finding(Kind kind, String runId, String what) {

  /** What can be wrong with a run. */
  enum Kind {
    /** A run, or an outcome that it needs, is not stored (I2, I3). */
    LOST,
    /** A node has counted twice: somebody built on what is not recorded (I1, I3). */
    DOUBLED,
    /** Healthy again for long, and the run has not ended (I2, I4, I5, I6). */
    STUCK,
    /** The run has ended in another way than it should, or too early (I4, I5, I6). */
    WRONG
  }

  @Override
  public String toString() {
    return kind + " " + runId + ": " + what;
  }
}
