/** Where discovery finds the coordination store. */
@NullMarked
package io.flowcraft.coord.redis.internal.provider;

import org.jspecify.annotations.NullMarked;
