package io.flowcraft.history;

/**
 * Numbers the events of one run, growing, so that several processes can record it at once.
 *
 * <p>Nobody tells them which numbers the others have taken, and the first event under a number
 * stays. So a number begins with the time, by which the events of different processes fall into
 * their order, and ends with the recorder's own digits, by which no two take the same. Events of
 * one process keep their order even if its clock stands still or goes back.
 */
final class Numbering {

  /** How many recorders can be told apart: 4096. */
  static final int WRITER_BITS = 12;

  /** How many events of one run fit into a millisecond before they borrow from the next one. */
  private static final int COUNTER_BITS = 9;

  private static final long LAST_MILLI = (1L << (Long.SIZE - 1 - WRITER_BITS - COUNTER_BITS)) - 1;

  private final int writer;
  private long position;

  /**
   * Goes on behind a number.
   *
   * @param writer the recorder's own digits
   * @param last the highest number so far; negative for none
   */
  Numbering(int writer, long last) {
    this.writer = writer;
    this.position = last >> WRITER_BITS;
  }

  /** The next number, for an event of this time. */
  long next(long atMillis) {
    long byTime = Math.min(Math.max(atMillis, 0), LAST_MILLI) << COUNTER_BITS;
    position = Math.max(position + 1, byTime);
    return position << WRITER_BITS | writer;
  }
}
