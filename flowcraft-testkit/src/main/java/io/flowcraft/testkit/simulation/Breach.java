package io.flowcraft.testkit.simulation;

/**
 * Something that must never be.
 *
 * @param invariant what does not hold
 * @param details how that shows
 */
record Breach(String invariant, String details) {}
