package io.flowcraft.runtime;

import io.flowcraft.runtime.internal.engine.Pace;
import java.time.Duration;

/**
 * How the workers of a fleet look after its runs.
 *
 * <p>A node that runs longer than {@code leaseAfter} shows that its worker lives by a lease, which
 * the worker renews with each tick. A run of which something is due, that has not moved for {@code
 * stalledAfter} and of which nobody shows life is taken over: it goes on from what is stored of it.
 * A worker that is paused for longer than {@code leaseTime} counts as dead; what it does later
 * changes nothing.
 *
 * @param tick how often timers, leases and requests to stop are looked at; what falls due is late
 *     by a tick at most
 * @param leaseAfter how long a node may run before it needs a lease
 * @param leaseTime how long a lease holds
 * @param stalledAfter how long a run may stand still without a lease; longer than {@code
 *     leaseAfter} and two ticks
 * @param fullSweep how often runs that wait are looked at, too
 */
public record Upkeep(
    Duration tick,
    Duration leaseAfter,
    Duration leaseTime,
    Duration stalledAfter,
    Duration fullSweep) {

  /**
   * A tick each second, leases after 5 seconds for 15, stalled after 15, a full sweep each 5
   * minutes.
   */
  public static final Upkeep DEFAULT =
      new Upkeep(
          Duration.ofSeconds(1),
          Duration.ofSeconds(5),
          Duration.ofSeconds(15),
          Duration.ofSeconds(15),
          Duration.ofMinutes(5));

  Pace pace() {
    return new Pace(tick, leaseAfter, leaseTime, stalledAfter, fullSweep);
  }

  /** Refuses times that contradict each other. */
  public Upkeep {
    if (tick.isNegative()
        || tick.isZero()
        || leaseTime.compareTo(tick.multipliedBy(2)) <= 0
        || stalledAfter.compareTo(leaseAfter.plus(tick.multipliedBy(2))) <= 0) {
      throw new IllegalArgumentException(
          "Upkeep with a tick of "
              + tick
              + ", leases after "
              + leaseAfter
              + " for "
              + leaseTime
              + ", stalled after "
              + stalledAfter
              + "; expected: a lease of more than two ticks, and stalled after more than leaseAfter"
              + " and two ticks.");
    }
  }
}
