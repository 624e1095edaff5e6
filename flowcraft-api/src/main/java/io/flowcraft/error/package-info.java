/** The one exception type of the library and its stable codes. */
@NullMarked
package io.flowcraft.error;

import org.jspecify.annotations.NullMarked;
