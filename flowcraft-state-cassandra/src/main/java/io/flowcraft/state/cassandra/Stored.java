package io.flowcraft.state.cassandra;

import io.flowcraft.spi.RunRecord;
import org.jspecify.annotations.Nullable;

/**
 * A run as its row says.
 *
 * @param record the run
 * @param owner unique to this use of the run's id; owns everything else that is stored of it
 * @param generation where its outcomes and entries are
 * @param previous where they were in the epoch before; empty or null if there was none
 */
record Stored(RunRecord record, String owner, Generation generation, @Nullable String previous) {

  Stored with(RunRecord changed) {
    return new Stored(changed, owner, generation, previous);
  }

  Stored next(Generation next) {
    return new Stored(record.withEpoch(record.epoch() + 1), owner, next, generation.name());
  }
}
