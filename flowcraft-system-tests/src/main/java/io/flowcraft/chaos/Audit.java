package io.flowcraft.chaos;

import io.flowcraft.run.NodeStatus;
import io.flowcraft.run.RunStatus;
import io.flowcraft.spi.Outcome;
import io.flowcraft.spi.RunPage;
import io.flowcraft.spi.RunQuery;
import io.flowcraft.spi.RunRecord;
import io.flowcraft.spi.RunSlice;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads runs back from the store, every outcome of them, and says what is wrong. */
final class Audit {

  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final int PAGE = 1_000;

  private final Client client;
  private final List<Finding> findings = new ArrayList<>();
  private final Map<String, String> childResults = new HashMap<>();
  private int outcomes;

  Audit(Client client) {
    this.client = client;
  }

  /** Everything that is wrong, of all that was examined. */
  List<Finding> findings() {
    return List.copyOf(findings);
  }

  /** How many outcomes were read. */
  int outcomes() {
    return outcomes;
  }

  /** Examines runs and the child runs that belong to them, and that there are no others. */
  void examine(Map<String, Scenario> runs) {
    runs.forEach(this::examine);
    Map<String, Integer> children = new HashMap<>();
    for (String child : list(Scenario.CHILD)) {
      String parent = child.substring(0, child.indexOf('/'));
      children.merge(parent, 1, Integer::sum);
      examineChild(child, parent, runs);
    }
    runs.forEach(
        (runId, scenario) -> {
          int expected = scenario == Scenario.NESTED ? 1 : 0;
          int found = children.getOrDefault(runId, 0);
          if (found != expected) {
            Finding.Kind kind = found < expected ? Finding.Kind.LOST : Finding.Kind.DOUBLED;
            add(kind, runId, "has " + found + " children instead of " + expected);
          }
        });
    for (Scenario scenario : Set.copyOf(runs.values())) {
      for (String runId : list(scenario.flowName())) {
        if (runs.get(runId) != scenario) {
          add(Finding.Kind.WRONG, runId, "was never started");
        }
      }
    }
  }

  private Set<String> list(String flow) {
    Set<String> found = new HashSet<>();
    String cursor = null;
    do {
      RunQuery query = new RunQuery(Set.of(), flow, cursor, PAGE);
      RunPage page =
          Client.insist(() -> client.store().list(query).toCompletableFuture().join(), PATIENCE);
      page.runs().forEach(run -> found.add(run.runId()));
      cursor = page.cursor();
    } while (cursor != null);
    return found;
  }

  private void examine(String runId, Scenario scenario) {
    if (hasEnded(runId)) {
      RunSlice slice = client.read(runId, PATIENCE);
      examineOutcomes(runId, scenario.completed(), slice);
      if (scenario == Scenario.NESTED) {
        childResults.put(runId, print(slice, Scenario.ASKING));
      }
      if (scenario == Scenario.QUESTION) {
        examineAnswer(runId, slice);
      }
    }
  }

  private void examineChild(String child, String parent, Map<String, Scenario> runs) {
    if (runs.get(parent) != Scenario.NESTED) {
      add(Finding.Kind.WRONG, child, "has no parent");
    }
    if (hasEnded(child)) {
      RunSlice slice = client.read(child, PATIENCE);
      examineOutcomes(child, Map.of("in", 1, "nap", 1, "out", 1), slice);
      String used = childResults.get(parent);
      if (used != null && !used.equals(print(slice, "out"))) {
        add(Finding.Kind.DOUBLED, child, "has another result than " + used + ", that was used");
      }
    }
  }

  private boolean hasEnded(String runId) {
    Optional<RunRecord> run = client.find(runId, PATIENCE);
    if (run.isEmpty()) {
      add(Finding.Kind.LOST, runId, "is not stored");
      return false;
    }
    RunStatus status = run.get().status();
    if (!status.isFinal()) {
      add(Finding.Kind.STUCK, runId, "is " + status + "\n" + client.explain(runId));
    } else if (status != RunStatus.COMPLETED) {
      add(Finding.Kind.WRONG, runId, "is " + status);
    }
    return status == RunStatus.COMPLETED;
  }

  private void examineOutcomes(String runId, Map<String, Integer> expected, RunSlice slice) {
    Map<String, Integer> completed = new HashMap<>();
    Map<String, Set<String>> recorded = new HashMap<>();
    for (Outcome outcome : slice.outcomes().values()) {
      outcomes++;
      if (outcome.status() != NodeStatus.COMPLETED) {
        add(Finding.Kind.WRONG, runId, outcome.instance() + " is " + outcome.status());
      }
      completed.merge(outcome.nodeId(), 1, Integer::sum);
      recorded
          .computeIfAbsent(outcome.nodeId(), node -> new HashSet<>())
          .add(Evidence.print(value(outcome)));
    }
    expected.forEach(
        (node, count) -> {
          int found = completed.getOrDefault(node, 0);
          if (found != count) {
            Finding.Kind kind = found < count ? Finding.Kind.LOST : Finding.Kind.DOUBLED;
            add(kind, runId, node + " has " + found + " outcomes instead of " + count);
          }
        });
    passOn(recorded);
    for (Outcome outcome : slice.outcomes().values()) {
      examineSources(runId, outcome, recorded);
    }
  }

  private static String print(RunSlice slice, String instance) {
    Outcome outcome = slice.outcomes().get(instance);
    return outcome == null ? "missing" : Evidence.print(value(outcome));
  }

  private static @Nullable Object value(Outcome outcome) {
    return outcome.output() == null ? null : outcome.output().value();
  }

  /** A loop has no output, and gives what it got to whoever comes next. */
  private static void passOn(Map<String, Set<String>> recorded) {
    Set<String> ofLoop = recorded.get(Scenario.LOOPING);
    if (ofLoop != null) {
      recorded.values().stream().map(Set::copyOf).toList().forEach(ofLoop::addAll);
    }
  }

  /** Whoever built on a result built on one that is recorded. */
  private void examineSources(String runId, Outcome outcome, Map<String, Set<String>> recorded) {
    if (value(outcome) instanceof Map<?, ?> output && output.containsKey(Evidence.OWN)) {
      output.forEach(
          (source, print) -> {
            Set<String> prints = recorded.getOrDefault(String.valueOf(source), Set.of());
            if (recorded.containsKey(String.valueOf(source))
                && !prints.contains(String.valueOf(print))) {
              String what = " was built on " + print + " of " + source + "; recorded: " + prints;
              add(Finding.Kind.DOUBLED, runId, outcome.instance() + what);
            }
          });
    }
  }

  /** The client gives every run its own answer. */
  private void examineAnswer(String runId, RunSlice slice) {
    Outcome asked = slice.outcomes().get(Scenario.ASKING);
    Object answer = asked == null ? null : value(asked);
    if (!Scenario.answer(runId).equals(answer)) {
      add(Finding.Kind.WRONG, runId, "was answered with " + answer);
    }
  }

  private void add(Finding.Kind kind, String runId, String what) {
    findings.add(new Finding(kind, runId, what));
  }
}
