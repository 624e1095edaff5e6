/** Runs as their callers see them: how they are started, answered, observed and ended. */
@NullMarked
package io.flowcraft.run;

import org.jspecify.annotations.NullMarked;
