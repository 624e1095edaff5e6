/** What happens in runs, told as it happens. */
@NullMarked
package io.flowcraft.event;

import org.jspecify.annotations.NullMarked;
