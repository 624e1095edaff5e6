/**
 * The context store on Apache Cassandra: the provider {@code cassandra}, its settings, and the tool
 * that creates and verifies its tables.
 *
 * <p>How the store keeps its promises is written down in {@code docs/adr/0010}.
 */
@NullMarked
package io.flowcraft.state.cassandra;

import org.jspecify.annotations.NullMarked;
