package io.flowcraft.runtime.internal.engine;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Looks of one process whether what others have decided of a run is stored: one at a time. */
final class EndWatch {

  private static final long LONGEST_MILLIS = 1_000;

  private boolean looking;
  private long epoch;
  private long sinceMillis;
  private long millis = 10;

  /**
   * Somebody waits for the end of a run, more and more patiently.
   *
   * @return until the next look; null if somebody looks already
   */
  synchronized @Nullable Duration begin(long ofEpoch, long nowMillis) {
    if (looking) {
      return null;
    }
    looking = true;
    if (epoch != ofEpoch) {
      epoch = ofEpoch;
      sinceMillis = nowMillis;
    }
    millis = Math.min(LONGEST_MILLIS, 2 * millis);
    return Duration.ofMillis(millis);
  }

  /** Since when somebody has looked in vain in this epoch, in milliseconds of the epoch. */
  synchronized long sinceMillis() {
    return sinceMillis;
  }

  /** The time of a look has come. */
  synchronized void looked() {
    looking = false;
  }
}
