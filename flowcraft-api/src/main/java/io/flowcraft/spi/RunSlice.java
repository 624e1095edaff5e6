package io.flowcraft.spi;

import java.util.Map;

/**
 * What was read of a run.
 *
 * @param outcomes by instance
 * @param entries by key, deleted ones included
 */
public record RunSlice(Map<String, Outcome> outcomes, Map<String, Entry> entries) {}
