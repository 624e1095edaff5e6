package io.flowcraft.spi;

/**
 * How far a run is.
 *
 * @param known whether the store knows the run
 * @param sequence the number of the latest completion
 * @param open how many node instances are due, running or parked
 * @param parked how many of these are parked
 * @param failed how many completions so far said that they failed
 * @param changed whether the call that answers this changed anything
 */
public record RunProgress(
    boolean known, long sequence, int open, int parked, int failed, boolean changed) {

  /** The answer for a run that the store does not know. */
  public static final RunProgress UNKNOWN = new RunProgress(false, 0, 0, 0, 0, false);
}
