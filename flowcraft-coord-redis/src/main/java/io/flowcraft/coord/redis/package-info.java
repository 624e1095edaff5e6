/**
 * The coordination store on Redis: the provider {@code redis}.
 *
 * <p>What it knows of a run is one hash, changed by scripts that are atomic and may be sent again.
 * Redis may lose everything at any time; nothing but time is lost with it.
 */
@NullMarked
package io.flowcraft.coord.redis;

import org.jspecify.annotations.NullMarked;
