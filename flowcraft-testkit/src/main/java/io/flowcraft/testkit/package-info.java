/**
 * Tests of workflows on one thread and in virtual time: a {@link io.flowcraft.testkit.FlowTester}
 * runs them, {@link io.flowcraft.testkit.FlowAssertions} judges them.
 */
@NullMarked
package io.flowcraft.testkit;

import org.jspecify.annotations.NullMarked;
