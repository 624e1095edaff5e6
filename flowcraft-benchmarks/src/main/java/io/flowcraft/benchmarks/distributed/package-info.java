/** Measures Flowcraft on real servers, beside a loop that does the same without an engine. */
@NullMarked
package io.flowcraft.benchmarks.distributed;

import org.jspecify.annotations.NullMarked;
