package io.flowcraft.spi;

import org.jspecify.annotations.Nullable;

/**
 * How a finished node decided one of its edges.
 *
 * @param edge the place of the edge in the blueprint, from 0
 * @param state the decision
 * @param transformed whether the edge delivers a value of its own instead of the node's output
 * @param value the value of its own; null if there is none
 */
public record EdgeDecision(
    int edge, EdgeState state, boolean transformed, @Nullable Payload value) {}
