package io.flowcraft.spi;

import java.util.List;

/**
 * Outcomes and context writes that become visible together.
 *
 * @param runId the run
 * @param epoch the epoch of the run that the writer knows; older than the store's, the commit is
 *     ignored
 * @param outcomes the outcomes, in order
 * @param entries the context writes; per key at most one
 */
public record Commit(String runId, long epoch, List<Outcome> outcomes, List<Entry> entries) {}
