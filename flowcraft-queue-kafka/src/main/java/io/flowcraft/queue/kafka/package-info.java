/**
 * The job queue on Apache Kafka.
 *
 * <p>This package will hold the {@code kafka} provider of the {@code JobQueue} SPI. It contains no
 * provider yet.
 */
@NullMarked
package io.flowcraft.queue.kafka;

import org.jspecify.annotations.NullMarked;
