/** What a step costs inside one process, beside the same graphs written by hand. */
@NullMarked
package io.flowcraft.benchmarks.inprocess;

import org.jspecify.annotations.NullMarked;
