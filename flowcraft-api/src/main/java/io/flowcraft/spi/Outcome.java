package io.flowcraft.spi;

import io.flowcraft.run.NodeStatus;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of a node instance: a fact, written once, or a parked state that a fact replaces.
 *
 * @param instance the instance, unique within the run
 * @param nodeId the node
 * @param path the iterations of the loops around it; empty outside loops
 * @param status a final status, {@link NodeStatus#TIMER} or {@link NodeStatus#AWAITING}
 * @param sequence its place among the outcomes of the run; a higher one is later
 * @param attempt how many attempts were made
 * @param output the output; null if there is none
 * @param action the action; null if there is none
 * @param routing how the node decided its edges
 * @param detail what else the engine has to know again: error, parked state, added nodes
 * @param wakeUpAtMillis when a parked instance goes on by itself, in milliseconds of the epoch;
 *     null if it does not, and for facts
 * @param startedAtMillis when it began, in milliseconds of the epoch
 * @param endedAtMillis when it ended or was parked, in milliseconds of the epoch
 */
public record Outcome(
    String instance,
    String nodeId,
    String path,
    NodeStatus status,
    long sequence,
    int attempt,
    @Nullable Payload output,
    @Nullable String action,
    List<EdgeDecision> routing,
    @Nullable Payload detail,
    @Nullable Long wakeUpAtMillis,
    long startedAtMillis,
    long endedAtMillis) {}
