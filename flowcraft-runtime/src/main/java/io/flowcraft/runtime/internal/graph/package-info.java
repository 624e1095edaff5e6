/** A blueprint compiled for execution: indexed once, immutable, without any rule of routing. */
@NullMarked
package io.flowcraft.runtime.internal.graph;

import org.jspecify.annotations.NullMarked;
