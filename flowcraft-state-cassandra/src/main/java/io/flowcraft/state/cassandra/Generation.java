package io.flowcraft.state.cassandra;

import java.util.UUID;

/**
 * The name of a partition that holds the outcomes and entries of a run in one epoch. Every attempt
 * to begin an epoch has one of its own.
 *
 * @param name the name, which says the rest
 * @param strict whether it is written by lightweight transactions
 * @param bornAt the tick at which it was named
 */
record Generation(String name, boolean strict, long bornAt) {

  private static final int RADIX = 36;

  static Generation begin(boolean strict, long tick) {
    String name = (strict ? "s-" : "p-") + Long.toString(tick, RADIX) + "-" + UUID.randomUUID();
    return new Generation(name, strict, tick);
  }

  static Generation of(String name) {
    return new Generation(
        name, name.startsWith("s"), Long.parseLong(name.substring(2, name.indexOf('-', 2)), RADIX));
  }
}
