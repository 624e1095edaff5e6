/** What happened in a run, recorded as it happens, and the run made of it again. */
@NullMarked
package io.flowcraft.history;

import org.jspecify.annotations.NullMarked;
