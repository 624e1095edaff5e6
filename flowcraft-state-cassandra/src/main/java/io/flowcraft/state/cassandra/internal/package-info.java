/** What the service loader finds; not for use by others. */
@NullMarked
package io.flowcraft.state.cassandra.internal;

import org.jspecify.annotations.NullMarked;
