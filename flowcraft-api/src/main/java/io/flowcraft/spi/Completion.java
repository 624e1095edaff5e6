package io.flowcraft.spi;

import java.util.List;

/**
 * The claim that a node instance is decided, and what follows from it for the joins behind it.
 *
 * @param runId the run
 * @param instance the node instance
 * @param token unique per execution; the first token to arrive wins
 * @param arrivals the decided edges
 */
public record Completion(String runId, String instance, String token, List<Arrival> arrivals) {}
