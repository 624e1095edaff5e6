package io.flowcraft.testkit.broken;

import io.flowcraft.spi.ContextStore;
import io.flowcraft.spi.RunQuery;
import java.util.Map;

/** Stores that break one rule of timers and deadlines each. */
final class BrokenTimers {

  private BrokenTimers() {}

  static void add(Map<String, Broken<ContextStore>> all) {
    all.put(
        "S-38",
        BrokenCommits.committing(
            "a parked state that goes on by itself", BrokenCommits::withoutTimers));
    all.put("S-48", waking("at the first timer", -1L));
    all.put(
        "S-49",
        BrokenStores.creating(
            "the runs whose deadline is over",
            (good, run) -> good.create(BrokenStores.orphan(run, null, run.beganAtMillis()))));
    all.put("S-50", waking("those that have ended not", null));
    all.put("S-51", waking("answered, taken back or set anew", null));
  }

  /** Takes a list of runs that wake for one at another time, or for a list of all runs. */
  private static Broken<ContextStore> waking(String words, Long later) {
    return BrokenStores.listing(
        words,
        query ->
            new RunQuery(
                query.statuses(),
                query.blueprintId(),
                later == null || query.wakesBeforeMillis() == null
                    ? null
                    : Long.valueOf(query.wakesBeforeMillis() + later),
                query.cursor(),
                query.limit()),
        page -> page);
  }
}
