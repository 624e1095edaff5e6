package io.flowcraft.spi;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A hint that a node instance may be ready to run. Never the truth: losing, repeating, delaying or
 * reordering jobs changes latency only.
 *
 * @param runId the run
 * @param blueprintId the blueprint, for routing and for people
 * @param epoch the epoch of the run in which the instance became ready; a job of an earlier epoch
 *     counts for nothing
 * @param instance the node instance, in the form of {@link Outcome#instance()}
 * @param attempt how often the job was handed out by the engine, from 1
 * @param input the input, when it is at hand and small; null to read it from the store
 * @param headers trace context and the like
 */
public record Job(
    String runId,
    String blueprintId,
    long epoch,
    String instance,
    int attempt,
    @Nullable Payload input,
    Map<String, String> headers) {}
