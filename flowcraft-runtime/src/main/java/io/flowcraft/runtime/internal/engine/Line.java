package io.flowcraft.runtime.internal.engine;

/**
 * How long jobs are in line before this process gets them. A run that stands still for no longer
 * than that may just have its job in line: whoever handed that in again would make the line longer.
 */
final class Line {

  /** What a clock that is far behind tells must not keep sweepers from ever acting. */
  static final long MOST_MILLIS = 3_600_000;

  private final long memoryMillis;
  private long longestMillis;
  private long seenAt = Long.MIN_VALUE;

  /**
   * Nothing is known yet.
   *
   * @param memoryMillis how long a delivery tells something about those that follow
   */
  Line(long memoryMillis) {
    this.memoryMillis = memoryMillis;
  }

  /** A job has come after so long. */
  synchronized void saw(long queuedMillis, long now) {
    long told = Math.min(queuedMillis, MOST_MILLIS);
    if (told >= longestMillis || isOver(now)) {
      longestMillis = told;
      seenAt = now;
    }
  }

  /** The longest time of late; 0 if nothing has come. */
  synchronized long millis(long now) {
    return isOver(now) ? 0 : longestMillis;
  }

  private boolean isOver(long now) {
    return seenAt == Long.MIN_VALUE || now - seenAt > memoryMillis;
  }
}
