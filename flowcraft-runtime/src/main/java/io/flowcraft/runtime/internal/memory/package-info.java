/** The providers of the embedded backends. */
@NullMarked
package io.flowcraft.runtime.internal.memory;

import org.jspecify.annotations.NullMarked;
