/**
 * Tests of workflows on one thread and in virtual time: a {@link FlowTester} runs them, {@link
 * FlowAssertions} judges them, {@link NodeDoubles} stand in for their nodes. And what tests of
 * backends and of other implementations are built from.
 */
@NullMarked
package io.flowcraft.testkit;

import org.jspecify.annotations.NullMarked;
