package io.flowcraft.runtime;

import java.util.random.RandomGenerator;

/** A generator that many threads can use. */
final class LockedRandom implements RandomGenerator {

  private final RandomGenerator generator;

  LockedRandom(RandomGenerator generator) {
    this.generator = generator;
  }

  @Override
  public synchronized long nextLong() {
    return generator.nextLong();
  }
}
