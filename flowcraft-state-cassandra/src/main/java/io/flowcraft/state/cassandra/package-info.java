/**
 * The context store on Apache Cassandra.
 *
 * <p>This package will hold the {@code cassandra} provider of the {@code ContextStore} SPI. It
 * contains no provider yet.
 */
@NullMarked
package io.flowcraft.state.cassandra;

import org.jspecify.annotations.NullMarked;
