/**
 * The coordination store on Redis.
 *
 * <p>This package will hold the {@code redis} provider of the {@code CoordinationStore} SPI. It
 * contains no provider yet.
 */
@NullMarked
package io.flowcraft.coord.redis;

import org.jspecify.annotations.NullMarked;
