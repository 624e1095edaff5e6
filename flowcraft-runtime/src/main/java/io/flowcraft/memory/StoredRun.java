package io.flowcraft.memory;

import io.flowcraft.error.ErrorCode;
import io.flowcraft.error.FlowcraftException;
import io.flowcraft.run.RunStatus;
import io.flowcraft.spi.Commit;
import io.flowcraft.spi.Entry;
import io.flowcraft.spi.HistoryEntry;
import io.flowcraft.spi.Outcome;
import io.flowcraft.spi.Payload;
import io.flowcraft.spi.RunRecord;
import io.flowcraft.spi.RunSlice;
import io.flowcraft.spi.Selection;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Everything about one run. Its monitor makes every method atomic. */
final class StoredRun {

  private volatile RunRecord record;
  private Map<String, Outcome> outcomes = new LinkedHashMap<>();
  private Map<String, Entry> entries = new LinkedHashMap<>(0);
  private @Nullable TreeMap<Long, HistoryEntry> history;
  private @Nullable List<String> children;

  /** When parked instances go on by themselves; null until there is one. */
  private @Nullable Map<String, Long> wakeUps;

  /** Whether a reader holds the maps themselves, so that they must not change any more. */
  private boolean shared;

  /** The latest outcomes by node; null until somebody asks, as most runs never do. */
  private @Nullable LatestOutcomes latest;

  StoredRun(RunRecord record) {
    this.record = record;
  }

  RunRecord record() {
    return record;
  }

  /** The run after the move; null if it does not take place. */
  synchronized @Nullable RunRecord transition(
      long epoch,
      Set<RunStatus> expected,
      RunStatus next,
      @Nullable Payload summary,
      long atMillis) {
    RunRecord current = record;
    if (current.epoch() != epoch || !expected.contains(current.status())) {
      return null;
    }
    requireWay(current, next);
    RunRecord moved = current.withStatus(next, summary, atMillis);
    record = moved;
    return moved;
  }

  /** Asking for the status that a run has is repeating oneself, and no move. */
  private static void requireWay(RunRecord run, RunStatus next) {
    if (run.status() != next && !run.status().canBecome(next)) {
      throw new FlowcraftException(
          ErrorCode.RUN_STATE,
          "Run '"
              + run.runId()
              + "' is "
              + run.status()
              + " and can't become "
              + next
              + "; expected: one of "
              + run.status().successors()
              + ".");
    }
  }

  synchronized void commit(Commit commit) {
    if (commit.epoch() < record.epoch()) {
      return;
    }
    unshare();
    List<Outcome> newOutcomes = commit.outcomes();
    for (int i = 0; i < newOutcomes.size(); i++) {
      store(newOutcomes.get(i));
    }
    List<Entry> newEntries = commit.entries();
    for (int i = 0; i < newEntries.size(); i++) {
      store(newEntries.get(i));
    }
  }

  private void store(Outcome outcome) {
    Outcome earlier = outcomes.putIfAbsent(outcome.instance(), outcome);
    if (earlier != null) {
      if (!replaces(outcome, earlier)) {
        return;
      }
      outcomes.put(outcome.instance(), outcome);
    }
    if (latest != null && !latest.add(outcome, earlier)) {
      latest = null;
    }
    Long wakeUpAt = outcome.wakeUpAtMillis();
    if (wakeUpAt != null) {
      wakeUps = wakeUps == null ? new HashMap<>() : wakeUps;
      wakeUps.put(outcome.instance(), wakeUpAt);
    } else if (wakeUps != null) {
      wakeUps.remove(outcome.instance());
    }
  }

  /** Whether something of the run, which has not ended, is to happen at a time at the latest. */
  synchronized boolean wakesBefore(long millis) {
    if (record.status().isFinal()) {
      return false;
    }
    Long stopAt = record.stopAtMillis();
    return (stopAt != null && stopAt <= millis)
        || (wakeUps != null && wakeUps.values().stream().anyMatch(at -> at <= millis));
  }

  /** A fact gives way to later facts only; a parked state to any fact and to no earlier state. */
  private static boolean replaces(Outcome outcome, Outcome earlier) {
    if (earlier.status().isFinal()) {
      return outcome.status().isFinal() && outcome.sequence() > earlier.sequence();
    }
    return outcome.status().isFinal() || outcome.sequence() >= earlier.sequence();
  }

  private void store(Entry entry) {
    Entry earlier = entries.putIfAbsent(entry.key(), entry);
    if (earlier != null && entry.sequence() >= earlier.sequence()) {
      entries.put(entry.key(), entry);
    }
  }

  synchronized RunSlice read(Selection selection) {
    if (selection.everything() && record.status().isFinal()) {
      // An ended run hardly ever changes: its reader gets the maps, and a change gets copies.
      shared = true;
      return new RunSlice(
          Collections.unmodifiableMap(outcomes), Collections.unmodifiableMap(entries));
    }
    if (selection.everything()) {
      return copy();
    }
    return new RunSlice(readOutcomes(selection), readEntries(selection.keys()));
  }

  private RunSlice copy() {
    return new RunSlice(
        Collections.unmodifiableMap(new LinkedHashMap<>(outcomes)),
        Collections.unmodifiableMap(new LinkedHashMap<>(entries)));
  }

  private Map<String, Outcome> readOutcomes(Selection selection) {
    Collection<String> instances = selection.instances();
    Collection<String> nodes = selection.nodes();
    if (instances.isEmpty() && nodes.isEmpty()) {
      return Map.of();
    }
    Map<String, Outcome> found = new HashMap<>(2 * (instances.size() + nodes.size()));
    for (String instance : instances) {
      Outcome outcome = outcomes.get(instance);
      if (outcome != null) {
        found.put(instance, outcome);
      }
    }
    if (!nodes.isEmpty()) {
      LatestOutcomes index = latest;
      if (index == null) {
        index = new LatestOutcomes(outcomes.values());
        latest = index;
      }
      index.readInto(found, nodes);
    }
    return Collections.unmodifiableMap(found);
  }

  private Map<String, Entry> readEntries(Collection<String> keys) {
    if (keys.isEmpty()) {
      return Map.of();
    }
    Map<String, Entry> found = new HashMap<>();
    for (String key : keys) {
      Entry entry = entries.get(key);
      if (entry != null) {
        found.put(key, entry);
      }
    }
    return Collections.unmodifiableMap(found);
  }

  private void unshare() {
    if (shared) {
      outcomes = new LinkedHashMap<>(outcomes);
      entries = new LinkedHashMap<>(entries);
      shared = false;
    }
  }

  /** Remembers a child run, which goes when this one goes. */
  synchronized void addChild(String runId) {
    List<String> known = children == null ? new ArrayList<>() : children;
    known.add(runId);
    children = known;
  }

  synchronized List<String> children() {
    return children == null ? List.of() : List.copyOf(children);
  }

  /** Everything that is stored in the epoch that begins; null if another one has ended before. */
  synchronized @Nullable RunSlice fence(long epoch, List<String> retracted) {
    if (record.epoch() != epoch) {
      return null;
    }
    unshare();
    for (String instance : retracted) {
      outcomes.remove(instance);
      if (wakeUps != null) {
        wakeUps.remove(instance);
      }
    }
    latest = null;
    record = record.withEpoch(epoch + 1);
    return copy();
  }

  synchronized void append(List<HistoryEntry> added) {
    TreeMap<Long, HistoryEntry> known = history == null ? new TreeMap<>() : history;
    for (HistoryEntry entry : added) {
      known.putIfAbsent(entry.sequence(), entry);
    }
    history = known;
  }

  synchronized List<HistoryEntry> history() {
    return history == null ? List.of() : List.copyOf(history.values());
  }
}
