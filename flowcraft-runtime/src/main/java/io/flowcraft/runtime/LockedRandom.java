package io.flowcraft.runtime;

import java.security.SecureRandom;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Fast numbers that many threads can use. Two generators with beginnings that nobody can guess: so
 * the numbers of two processes are as unlikely to meet as ids of 128 random bits.
 */
final class LockedRandom implements RandomGenerator {

  private final RandomGenerator one;
  private final RandomGenerator other;

  LockedRandom() {
    SecureRandom seeds = new SecureRandom();
    this.one = new SplittableRandom(seeds.nextLong());
    this.other = new SplittableRandom(seeds.nextLong());
  }

  @Override
  public synchronized long nextLong() {
    return one.nextLong() ^ other.nextLong();
  }
}
