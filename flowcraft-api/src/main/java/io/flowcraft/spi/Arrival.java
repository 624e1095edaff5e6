package io.flowcraft.spi;

/**
 * A decided edge, on its way to the join that it leads to.
 *
 * @param target the node instance at the end of the edge
 * @param edge the edge, unique among those that lead to the target
 * @param state how the edge was decided
 * @param join the join of the target
 */
public record Arrival(String target, String edge, EdgeState state, JoinSpec join) {}
