/** How the coordination store speaks with Redis. */
@NullMarked
package io.flowcraft.coord.redis.internal;

import org.jspecify.annotations.NullMarked;
