package io.flowcraft.spi;

import java.util.List;

/**
 * The claim that a node instance is decided, and what follows from it for the joins behind it.
 *
 * @param runId the run
 * @param epoch the epoch of the run that the worker knows
 * @param instance the node instance
 * @param token unique per execution; the first token to arrive wins
 * @param failed whether the instance failed and nobody stands in for it
 * @param arrivals the decided edges
 */
public record Completion(
    String runId,
    long epoch,
    String instance,
    String token,
    boolean failed,
    List<Arrival> arrivals) {}
