package io.flowcraft.spi;

import org.jspecify.annotations.Nullable;

/**
 * A context entry.
 *
 * @param key the key
 * @param value the value; null if the entry says that the key was deleted
 * @param sequence the place of the write among all of the run; the highest counts
 */
public record Entry(String key, @Nullable Payload value, long sequence) {}
