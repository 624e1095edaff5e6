/**
 * Real Kafka, Cassandra and Redis for tests.
 *
 * <p>{@link io.flowcraft.testservers.TestServers} gives the addresses of servers that all tests of
 * a build share; {@link io.flowcraft.testservers.Server} is one that a test has for itself and may
 * kill.
 */
@NullMarked
package io.flowcraft.testservers;

import org.jspecify.annotations.NullMarked;
