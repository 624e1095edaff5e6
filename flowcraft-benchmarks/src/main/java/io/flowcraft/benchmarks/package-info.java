/** What Flowcraft costs, measured with JMH. */
@NullMarked
package io.flowcraft.benchmarks;

import org.jspecify.annotations.NullMarked;
