package io.flowcraft.spi;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of runs.
 *
 * @param runs the runs, ordered by id
 * @param cursor where the next page begins; null if there is none
 */
public record RunPage(List<RunRecord> runs, @Nullable String cursor) {}
