package io.flowcraft.memory;

import io.flowcraft.run.RunStatus;
import io.flowcraft.spi.Commit;
import io.flowcraft.spi.Entry;
import io.flowcraft.spi.HistoryEntry;
import io.flowcraft.spi.Outcome;
import io.flowcraft.spi.Payload;
import io.flowcraft.spi.RunRecord;
import io.flowcraft.spi.RunSlice;
import io.flowcraft.spi.Selection;
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
  private final Map<String, Outcome> outcomes = new LinkedHashMap<>();
  private final Map<String, Entry> entries = new LinkedHashMap<>();
  private final TreeMap<Long, HistoryEntry> history = new TreeMap<>();

  /** The latest outcomes by node; null until somebody asks, as most runs never do. */
  private @Nullable LatestOutcomes latest;

  StoredRun(RunRecord record) {
    this.record = record;
  }

  RunRecord record() {
    return record;
  }

  synchronized RunRecord transition(
      Set<RunStatus> expected, RunStatus next, @Nullable Payload summary, long atMillis) {
    RunRecord current = record;
    if (expected.contains(current.status())) {
      current = current.withStatus(next, summary, atMillis);
      record = current;
    }
    return current;
  }

  synchronized void commit(Commit commit) {
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
  }

  /** A fact gives way to later ones only; a parked state to any fact and to no earlier state. */
  private static boolean replaces(Outcome outcome, Outcome earlier) {
    if (earlier.status().isFinal()) {
      return outcome.sequence() > earlier.sequence();
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
    if (selection.everything()) {
      return new RunSlice(
          Collections.unmodifiableMap(new LinkedHashMap<>(outcomes)),
          Collections.unmodifiableMap(new LinkedHashMap<>(entries)));
    }
    return new RunSlice(readOutcomes(selection), readEntries(selection.keys()));
  }

  private Map<String, Outcome> readOutcomes(Selection selection) {
    Collection<String> instances = selection.instances();
    Collection<String> nodes = selection.nodes();
    if (instances.isEmpty() && nodes.isEmpty()) {
      return Map.of();
    }
    Map<String, Outcome> found = new HashMap<>();
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

  synchronized void retract(List<String> instances) {
    for (String instance : instances) {
      outcomes.remove(instance);
    }
    latest = null;
  }

  synchronized void append(List<HistoryEntry> added) {
    for (HistoryEntry entry : added) {
      history.putIfAbsent(entry.sequence(), entry);
    }
  }

  synchronized List<HistoryEntry> history() {
    return List.copyOf(history.values());
  }
}
