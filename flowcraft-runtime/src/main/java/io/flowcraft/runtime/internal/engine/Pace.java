package io.flowcraft.runtime.internal.engine;

import java.time.Duration;

/**
 * How a fleet looks after its runs, in the engine's words.
 *
 * @param tick how often timers, leases and requests to stop are looked at
 * @param leaseAfter how long a node may run before it needs a lease
 * @param leaseTime how long a lease holds
 * @param stalledAfter how long a run may stand still without a lease
 * @param fullSweep how often runs that wait are looked at, too
 */
public record Pace(
    Duration tick,
    Duration leaseAfter,
    Duration leaseTime,
    Duration stalledAfter,
    Duration fullSweep) {}
