/**
 * The engine: what happens to a run from its start to its end. Data walks through {@link
 * io.flowcraft.runtime.internal.engine.Strand}; the other classes start, end, wake and mend runs.
 */
@NullMarked
package io.flowcraft.runtime.internal.engine;

import org.jspecify.annotations.NullMarked;
