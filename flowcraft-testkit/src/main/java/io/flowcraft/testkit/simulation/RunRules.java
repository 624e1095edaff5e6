package io.flowcraft.testkit.simulation;

import io.flowcraft.run.NodeStatus;
import io.flowcraft.spi.Commit;
import io.flowcraft.spi.EdgeDecision;
import io.flowcraft.spi.EdgeState;
import io.flowcraft.spi.Entry;
import io.flowcraft.spi.Outcome;
import io.flowcraft.spi.RunRecord;
import io.flowcraft.spi.RunSlice;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What must hold whenever something is stored. */
final class RunRules {

  private static final String AFTER_THE_END = "nothing is recorded after the end";

  private final Map<String, Ways> ways;
  private final boolean repairs;
  private final Consumer<Breach> breaches;
  private final Set<String> unfinished = new TreeSet<>();
  private final Map<String, Map<Long, String>> places = new HashMap<>();
  private final Map<String, Set<Long>> replaced = new HashMap<>();
  private @Nullable TimerRules timers;
  private boolean changed;

  /**
   * Rules.
   *
   * @param ways what leads to the nodes of the workload, by the ids of the blueprints
   * @param repairs whether somebody sets ended runs going again
   * @param breaches is told of each breach
   */
  RunRules(Map<String, Ways> ways, boolean repairs, Consumer<Breach> breaches) {
    this.ways = ways;
    this.repairs = repairs;
    this.breaches = breaches;
  }

  /** Whether something was stored since this was asked last. */
  boolean takeChanged() {
    boolean before = changed;
    changed = false;
    return before;
  }

  /** The runs that have not ended. */
  Set<String> unfinished() {
    return unfinished;
  }

  /** Has somebody told of what is stored. */
  void tell(TimerRules listener) {
    timers = listener;
  }

  void created(RunRecord run) {
    changed = true;
    if (timers != null) {
      timers.created(run);
      timers.moved();
    }
    unfinished.add(run.runId());
  }

  void moved(RunRecord before, RunRecord after) {
    if (before.status() == after.status()) {
      return;
    }
    changed = true;
    if (timers != null) {
      timers.moved();
    }
    if (before.status().isFinal() && !repairs) {
      breach(
          "the final status stays",
          before.runId() + " was " + before.status() + " and is " + after.status());
    }
    if (!before.blueprintHash().equals(after.blueprintHash())) {
      breach("I9 a run keeps its definition", before.runId());
    }
    if (after.status().isFinal()) {
      unfinished.remove(after.runId());
    } else {
      unfinished.add(after.runId());
    }
  }

  void retracted(String runId, Map<String, Outcome> outcomes) {
    changed = true;
    Map<Long, String> known = places.computeIfAbsent(runId, id -> new HashMap<>());
    outcomes.values().forEach(outcome -> known.remove(outcome.sequence(), outcome.instance()));
    if (!repairs && outcomes.values().stream().anyMatch(o -> o.status().isFinal())) {
      breach("I1 an outcome stays", runId + " takes back " + Words.of(outcomes.keySet()));
    }
  }

  void committed(
      RunRecord run, Commit commit, RunSlice before, RunSlice after, ObservedStore store) {
    changed = true;
    for (Outcome sent : commit.outcomes()) {
      Outcome now = after.outcomes().get(sent.instance());
      if (now != null) {
        recorded(run, before.outcomes().get(sent.instance()), now, store);
      }
    }
    for (Entry sent : commit.entries()) {
      Entry now = after.entries().get(sent.key());
      if (now != null) {
        written(run, before.entries().get(sent.key()), now);
      }
    }
  }

  private void recorded(RunRecord run, @Nullable Outcome old, Outcome now, ObservedStore store) {
    if (now.equals(old)) {
      return;
    }
    if (timers != null) {
      timers.stored(run.runId(), now);
      timers.moved();
    }
    if (run.status().isFinal()) {
      breach(AFTER_THE_END, run.runId() + " is " + run.status() + ", and then " + Words.of(now));
    }
    if (old != null && old.status().isFinal() && !isStandInsOutput(old, now)) {
      breach(
          "I1 an outcome stays", run.runId() + ": " + Words.of(old) + " becomes " + Words.of(now));
    }
    if (now.status() == NodeStatus.REPLACED) {
      replaced.computeIfAbsent(run.runId(), id -> new HashSet<>()).add(now.sequence());
    } else if (now.status().isFinal()) {
      checkPlace(run, now);
    }
    boolean executed = now.status() == NodeStatus.COMPLETED || now.status() == NodeStatus.FAILED;
    if (executed && now.path().isEmpty()) {
      checkSources(run, now, store);
    }
  }

  /** A replaced node takes the place of whoever stands in for it. */
  private void checkPlace(RunRecord run, Outcome recorded) {
    Map<Long, String> known = places.computeIfAbsent(run.runId(), id -> new HashMap<>());
    String other = known.putIfAbsent(recorded.sequence(), recorded.instance());
    if (other != null && !other.equals(recorded.instance())) {
      breach(
          "each outcome has a place of its own",
          run.runId() + ": " + other + " and " + Words.of(recorded));
    }
  }

  private static boolean isStandInsOutput(Outcome old, Outcome now) {
    return old.status() == NodeStatus.REPLACED && now.status() == NodeStatus.REPLACED;
  }

  /** Whoever was executed was led to, by somebody whose outcome is recorded. */
  private void checkSources(RunRecord run, Outcome executed, ObservedStore store) {
    Ways ofRun = ways.get(run.blueprintId());
    List<Ways.Way> toNode = ofRun == null ? List.of() : ofRun.to(executed.nodeId());
    if (toNode.isEmpty()) {
      return;
    }
    Map<String, Outcome> outcomes = store.everything(run.runId()).outcomes();
    for (Ways.Way way : toNode) {
      if (hasTaken(outcomes, way.source(), way.edge())) {
        return;
      }
    }
    breach(
        "whoever was executed was led to",
        run.runId() + ": " + Words.of(executed) + ", and no recorded outcome took an edge to it");
  }

  private static boolean hasTaken(Map<String, Outcome> outcomes, String source, int edge) {
    for (Outcome outcome : outcomes.values()) {
      if (outcome.nodeId().equals(source)) {
        for (EdgeDecision decision : outcome.routing()) {
          if (decision.edge() == edge && decision.state() == EdgeState.TAKEN) {
            return true;
          }
        }
      }
    }
    return false;
  }

  /** What can be seen in the context belongs to an outcome that can be seen. */
  private void written(RunRecord run, @Nullable Entry old, Entry now) {
    if (run.status().isFinal() && !now.equals(old)) {
      breach(AFTER_THE_END, run.runId() + " is " + run.status() + ", and then " + now.key());
    }
    if (!places.getOrDefault(run.runId(), Map.of()).containsKey(now.sequence())
        && !replaced.getOrDefault(run.runId(), Set.of()).contains(now.sequence())) {
      breach(
          "I10 context writes come with their outcome",
          run.runId() + ": " + now.key() + " is visible with #" + now.sequence());
    }
  }

  private void breach(String invariant, String details) {
    breaches.accept(new Breach(invariant, details));
  }
}
