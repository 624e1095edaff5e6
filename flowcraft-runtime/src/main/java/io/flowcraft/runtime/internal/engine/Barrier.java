package io.flowcraft.runtime.internal.engine;

import io.flowcraft.runtime.internal.graph.GraphNode;
import io.flowcraft.runtime.internal.graph.Instance;
import io.flowcraft.spi.JoinSpec;
import org.jspecify.annotations.Nullable;

/**
 * What holds back the edges of a node until the nodes that it has added are finished.
 *
 * @param creator the instance that added them
 * @param gather the node that waits for them; null if none does
 * @param join the join over the added nodes
 * @param tolerant whether the failure of an added node is acceptable
 * @param lanes how many of them may be under way at a time, see {@link Lanes}; 0 for all
 * @param items what was read of the elements of a batch
 */
record Barrier(
    Instance creator,
    @Nullable GraphNode gather,
    JoinSpec join,
    boolean tolerant,
    int lanes,
    RecentItems items) {}
