package io.flowcraft.state.cassandra;

import io.flowcraft.error.ErrorCode;
import io.flowcraft.error.FlowcraftException;
import io.flowcraft.spi.TimeSource;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Write timestamps that let the right one of two writes stay, whichever comes first.
 *
 * <p>A timestamp has 50 bits, from high to low: whether it is a fact (1), the sequence (23), the
 * time since the generation began (26, in units of 64 microseconds, for facts counted down). So a
 * fact beats every parked state; of two facts, and of two parked states, the one with the higher
 * sequence stays; and if sequences are equal, the first fact or the last parked state does. What is
 * copied into the next generation counts as the earliest of its sequence. All of them lie before
 * the present, so that a plain deletion takes effect.
 */
final class Ranks {

  static final long HIGHEST_SEQUENCE = (1L << 23) - 1;

  private static final int TIME_BITS = 26;
  private static final long LATEST = (1L << TIME_BITS) - 1;
  private static final long FACT = 1L << 49;
  private static final long MICROS_PER_TICK = 64;

  private final TimeSource time;
  private final AtomicLong last = new AtomicLong();

  Ranks(TimeSource time) {
    this.time = time;
  }

  /** A number that grows with time and with each call. */
  long tick() {
    Instant now = time.now();
    long ticks = (now.getEpochSecond() * 1_000_000 + now.getNano() / 1_000) / MICROS_PER_TICK;
    return last.updateAndGet(before -> Math.max(before + 1, ticks));
  }

  static long outcome(boolean fact, long sequence, long tick, Generation generation) {
    long age = age(tick, generation);
    return fact ? FACT | place(sequence) | (LATEST - age) : place(sequence) | age;
  }

  static long entry(long sequence, long tick, Generation generation) {
    return place(sequence) | age(tick, generation);
  }

  /** The latest outcome of a node; a fact comes behind the parked state of the same sequence. */
  static long latest(boolean fact, long sequence) {
    return place(sequence) | (fact ? LATEST : 0);
  }

  private static long age(long tick, Generation generation) {
    return Math.min(Math.max(0, tick - generation.bornAt()), LATEST);
  }

  private static long place(long sequence) {
    return sequence << TIME_BITS;
  }

  static void requireSequence(String runId, long sequence) {
    if (sequence < 0 || sequence > HIGHEST_SEQUENCE) {
      throw new FlowcraftException(
          ErrorCode.PAYLOAD_TOO_LARGE,
          "Run '"
              + runId
              + "' has come to sequence "
              + sequence
              + "; Cassandra keeps runs up to "
              + HIGHEST_SEQUENCE
              + ". Split the run into sub-workflows.",
          null,
          true);
    }
  }

  /** For what must not be rewritten: an earlier write has the higher timestamp. */
  static long firstStays(long tick) {
    return (1L << 50) - tick;
  }
}
