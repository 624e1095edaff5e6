/**
 * The job queue on Apache Kafka: the {@code kafka} provider of the {@code JobQueue} SPI.
 *
 * <p>Users see {@link io.flowcraft.queue.kafka.KafkaJobQueueProvider} and {@link
 * io.flowcraft.queue.kafka.KafkaSettings}. The design is told in {@code docs/adr/0011}.
 */
@NullMarked
package io.flowcraft.queue.kafka;

import org.jspecify.annotations.NullMarked;
