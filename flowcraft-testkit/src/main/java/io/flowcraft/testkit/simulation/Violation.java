package io.flowcraft.testkit.simulation;

/**
 * A history in which something was that must never be.
 *
 * @param workload what was run
 * @param seed the seed of the history
 * @param invariant what did not hold
 * @param details how that showed
 * @param report the history in words, as short as could be found, and how to see it again
 */
public record Violation(
    String workload, long seed, String invariant, String details, String report) {}
