/** A fleet on real servers, what befalls it, and what must be true of its runs in spite of that. */
@NullMarked
package io.flowcraft.chaos;

import org.jspecify.annotations.NullMarked;
