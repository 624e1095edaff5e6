/**
 * The backends that live in the memory of one process: nothing to install, nothing that survives.
 *
 * <p>They keep the same contract as the others, so that a test and a fleet run alike.
 */
@NullMarked
package io.flowcraft.memory;

import org.jspecify.annotations.NullMarked;
