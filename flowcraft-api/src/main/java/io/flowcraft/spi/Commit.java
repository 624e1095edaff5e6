package io.flowcraft.spi;

import java.util.List;

/**
 * Outcomes and context writes that become visible together.
 *
 * @param runId the run
 * @param outcomes the outcomes, in order
 * @param entries the context writes; per key at most one
 */
public record Commit(String runId, List<Outcome> outcomes, List<Entry> entries) {}
