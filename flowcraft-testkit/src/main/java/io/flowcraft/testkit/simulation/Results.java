package io.flowcraft.testkit.simulation;

import io.flowcraft.spi.Entry;
import io.flowcraft.spi.Outcome;
import io.flowcraft.spi.RunRecord;
import io.flowcraft.spi.RunSlice;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What has come of runs, in words that can be compared. */
final class Results {

  private final ObservedStore store;

  Results(ObservedStore store) {
    this.store = store;
  }

  /** The runs with their statuses, nodes and context. */
  Map<String, String> all() {
    Map<String, String> all = new LinkedHashMap<>();
    for (RunRecord run : store.runs()) {
      all.put("status of " + run.runId(), run.status().name());
      RunSlice slice = store.everything(run.runId());
      for (Outcome outcome : new TreeMap<>(slice.outcomes()).values()) {
        all.put("node '" + outcome.instance() + "' of " + run.runId(), words(outcome));
      }
      for (Entry entry : new TreeMap<>(slice.entries()).values()) {
        all.put(
            "context value '" + entry.key() + "' of " + run.runId(),
            entry.value() == null ? "deleted" : entry.value().text());
      }
    }
    return all;
  }

  /**
   * Changes with what has become of a run, or of a node of it.
   *
   * @param nodeId the node; null for the run
   */
  String token(String runId, @Nullable String nodeId) {
    RunRecord run = store.run(runId);
    if (run == null) {
      return "";
    }
    if (nodeId == null) {
      return run.status() + (run.status().isFinal() ? " e" + run.epoch() : "");
    }
    StringBuilder token = new StringBuilder();
    for (RunRecord other : store.runs()) {
      boolean below = other.runId().startsWith(runId + "/");
      if (below || other.runId().equals(runId)) {
        for (Outcome outcome : store.everything(other.runId()).outcomes().values()) {
          if (below || outcome.nodeId().equals(nodeId)) {
            token.append(outcome.instance()).append('=').append(outcome.status()).append(' ');
          }
        }
      }
    }
    return token.toString();
  }

  private static String words(Outcome outcome) {
    return outcome.status()
        + (outcome.action() == null ? "" : ", action " + outcome.action())
        + (outcome.output() == null ? "" : ", output " + outcome.output().text());
  }
}
