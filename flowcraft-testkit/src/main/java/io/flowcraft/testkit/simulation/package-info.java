/**
 * Simulates processes with the real engine on one thread, in virtual time, with everything going
 * wrong that can, and checks that what becomes of the runs is right all the same.
 *
 * <p>A history is one execution of a workload: a seed decides its order and its faults, so that the
 * same seed gives the same history on every machine.
 */
@NullMarked
package io.flowcraft.testkit.simulation;

import org.jspecify.annotations.NullMarked;
