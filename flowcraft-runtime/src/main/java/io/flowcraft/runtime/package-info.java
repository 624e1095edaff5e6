/** The engine and the client that start, run and explain workflows. */
@NullMarked
package io.flowcraft.runtime;

import org.jspecify.annotations.NullMarked;
