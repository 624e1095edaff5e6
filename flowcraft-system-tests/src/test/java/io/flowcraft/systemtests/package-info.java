/** Every feature of workflows, distributed, on real servers. */
@NullMarked
package io.flowcraft.systemtests;

import org.jspecify.annotations.NullMarked;
