/** The system's clock: the only place that reads it. */
@NullMarked
package io.flowcraft.runtime.internal.time;

import org.jspecify.annotations.NullMarked;
