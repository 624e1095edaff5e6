package io.flowcraft.runtime;

import java.security.SecureRandom;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** A generator that many threads can use. */
final class LockedRandom implements RandomGenerator {

  private final RandomGenerator generator;

  LockedRandom(RandomGenerator generator) {
    this.generator = generator;
  }

  /**
   * Fast numbers of two generators whose beginnings nobody can guess; so two processes are as
   * unlikely to make the same id as with 128 random bits.
   */
  static RandomGenerator secure() {
    SecureRandom seeds = new SecureRandom();
    RandomGenerator one = new SplittableRandom(seeds.nextLong());
    RandomGenerator other = new SplittableRandom(seeds.nextLong());
    return new LockedRandom(() -> one.nextLong() ^ other.nextLong());
  }

  @Override
  public synchronized long nextLong() {
    return generator.nextLong();
  }
}
