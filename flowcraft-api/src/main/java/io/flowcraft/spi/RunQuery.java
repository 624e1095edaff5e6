package io.flowcraft.spi;

import io.flowcraft.run.RunStatus;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which runs to list.
 *
 * @param statuses the statuses to list; empty for all
 * @param blueprintId only runs of this blueprint; null for all
 * @param wakesBeforeMillis only runs that have not ended and of which a parked instance goes on by
 *     itself, or the deadline is over, at this time at the latest, in milliseconds of the epoch;
 *     null for all
 * @param cursor where an earlier page ended; null to begin
 * @param limit the longest page, from 1 to 10,000
 */
public record RunQuery(
    Set<RunStatus> statuses,
    @Nullable String blueprintId,
    @Nullable Long wakesBeforeMillis,
    @Nullable String cursor,
    int limit) {

  /** Runs whatever their timers. */
  public RunQuery(
      Set<RunStatus> statuses, @Nullable String blueprintId, @Nullable String cursor, int limit) {
    this(statuses, blueprintId, null, cursor, limit);
  }

  /** Copies the statuses and refuses a limit outside its range. */
  public RunQuery {
    statuses = Set.copyOf(statuses);
    if (limit < 1 || limit > 10_000) {
      throw new IllegalArgumentException(
          "The limit of a page of runs is " + limit + "; expected: from 1 to 10,000.");
    }
  }
}
