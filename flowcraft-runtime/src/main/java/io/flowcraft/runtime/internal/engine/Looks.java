package io.flowcraft.runtime.internal.engine;

import java.time.Duration;

/** The looks of a strand for a commit that is on its way: a few at once, then fewer and fewer. */
final class Looks {

  private static final int AT_ONCE = 8;
  private static final long LONGEST_MILLIS = 1_000;

  private int count;

  /** There is nothing to look for any more. */
  void end() {
    count = 0;
  }

  /** One more; whether that makes many. */
  boolean areMany() {
    count++;
    return count > AT_ONCE;
  }

  /** Lets the strand look again in a while. */
  void again(Services services, Strand strand) {
    if (count <= AT_ONCE) {
      services.executor().execute(strand);
      return;
    }
    long millis = Math.min(LONGEST_MILLIS, 1L << Math.min(10, count - AT_ONCE));
    services.time().schedule(Duration.ofMillis(millis), () -> services.executor().execute(strand));
  }
}
