/**
 * Tests of workflows on one thread and in virtual time, and what tests of backends and of other
 * implementations are built from.
 */
@NullMarked
package io.flowcraft.testkit;

import org.jspecify.annotations.NullMarked;
