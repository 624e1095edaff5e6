package io.flowcraft.runtime.internal.engine;

import io.flowcraft.run.NodeStatus;
import io.flowcraft.runtime.internal.graph.GraphEdge;
import io.flowcraft.runtime.internal.graph.GraphNode;
import io.flowcraft.spi.EdgeDecision;
import io.flowcraft.spi.EdgeState;
import io.flowcraft.spi.Entry;
import io.flowcraft.spi.Outcome;
import io.flowcraft.spi.Payload;
import io.flowcraft.spi.RunSlice;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The data of a run at one moment, in the form of the npm library. */
final class ContextSnapshot {

  static final String AWAITING_IDS = "_awaitingNodeIds";
  static final String AWAITING_DETAILS = "_awaitingDetails";

  private final RunFrame frame;
  private final Map<String, @Nullable Object> context;

  private ContextSnapshot(RunFrame frame) {
    this.frame = frame;
    this.context = new LinkedHashMap<>(frame.initial());
  }

  static Map<String, @Nullable Object> build(RunFrame frame, RunSlice slice) {
    ContextSnapshot snapshot = new ContextSnapshot(frame);
    List<Outcome> outcomes = inOrder(slice);
    List<Entry> entries = new ArrayList<>(slice.entries().values());
    entries.sort(Comparator.comparingLong(Entry::sequence));
    int next = 0;
    for (Outcome outcome : outcomes) {
      while (next < entries.size() && entries.get(next).sequence() <= outcome.sequence()) {
        snapshot.add(entries.get(next++));
      }
      snapshot.add(outcome);
    }
    while (next < entries.size()) {
      snapshot.add(entries.get(next++));
    }
    snapshot.addAwaiting(outcomes);
    snapshot.context.put(ContextReader.EXECUTION_ID, frame.runId());
    return snapshot.context;
  }

  static List<Outcome> inOrder(RunSlice slice) {
    List<Outcome> outcomes = new ArrayList<>(slice.outcomes().values());
    outcomes.sort(Comparator.comparingLong(Outcome::sequence));
    return outcomes;
  }

  static boolean isParked(Outcome outcome) {
    return outcome.status() == NodeStatus.TIMER || outcome.status() == NodeStatus.AWAITING;
  }

  private void add(Entry entry) {
    Payload value = entry.value();
    if (value == null) {
      context.remove(entry.key());
    } else {
      context.put(entry.key(), value.value());
    }
  }

  private void add(Outcome outcome) {
    Payload output = outcome.output();
    String key = ContextReader.OUTPUTS + outcome.nodeId();
    switch (outcome.status()) {
      case COMPLETED -> {
        if (output == null) {
          context.remove(key);
          context.remove(outcome.nodeId());
        } else {
          context.put(key, output.value());
          context.put(outcome.nodeId(), output.value());
        }
      }
      case REPLACED -> {
        context.put(key, null);
        context.put(outcome.nodeId(), null);
      }
      default -> {}
    }
    for (EdgeDecision decision : outcome.routing()) {
      if (decision.state() == EdgeState.TAKEN) {
        addInput(decision, output);
      }
    }
  }

  private void addInput(EdgeDecision decision, @Nullable Payload output) {
    GraphEdge edge = frame.graph().edge(decision.edge());
    GraphNode target = edge.target();
    Payload value = decision.transformed() ? decision.value() : output;
    if (target == null) {
      return;
    }
    String key = ContextReader.INPUTS + target.id();
    if (value != null) {
      context.put(key, value.value());
    } else {
      context.remove(key);
    }
  }

  private void addAwaiting(List<Outcome> outcomes) {
    List<String> ids = new ArrayList<>();
    Map<String, @Nullable Object> details = new LinkedHashMap<>();
    for (Outcome outcome : outcomes) {
      if (isParked(outcome)) {
        ids.add(outcome.nodeId());
        addDetails(outcome, details);
      }
    }
    if (!ids.isEmpty()) {
      context.put(AWAITING_IDS, ids);
      context.put(AWAITING_DETAILS, details);
    }
  }

  private static void addDetails(Outcome outcome, Map<String, @Nullable Object> details) {
    Map<String, @Nullable Object> detail = Detail.of(outcome);
    if (detail.containsKey(Detail.CHILD)) {
      return;
    }
    Map<String, @Nullable Object> shown = new LinkedHashMap<>();
    shown.put("reason", detail.get(Detail.REASON));
    if (outcome.wakeUpAtMillis() != null) {
      shown.put("wakeUpAt", Instant.ofEpochMilli(outcome.wakeUpAtMillis()).toString());
    }
    details.put(outcome.nodeId(), shown);
  }
}
