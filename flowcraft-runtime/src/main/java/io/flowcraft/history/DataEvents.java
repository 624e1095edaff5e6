package io.flowcraft.history;

import io.flowcraft.blueprint.EdgeDefinition;
import io.flowcraft.event.FlowEvent.BatchFinished;
import io.flowcraft.event.FlowEvent.BatchStarted;
import io.flowcraft.event.FlowEvent.ContextChanged;
import io.flowcraft.event.FlowEvent.EdgeEvaluated;
import io.flowcraft.event.FlowEvent.EdgeSkipped;
import io.flowcraft.event.FlowEvent.NoEdgeSelected;
import io.flowcraft.json.BlueprintJson;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Events of edges, of the context and of batches. */
final class DataEvents {

  private static final String EDGE = "edge";
  private static final String RESULT = "result";
  private static final String ACTION = "action";
  private static final String KEY = "key";
  private static final String VALUE = "value";
  private static final String BATCH_ID = "batchId";
  private static final String SCATTER = "scatterNodeId";
  private static final String WORKERS = "workerIds";
  private static final String GATHER = "gatherNodeId";
  private static final String RESULTS = "results";

  static final List<EventCodec<?>> ALL =
      List.of(
          new EventCodec<>(
              EdgeSkipped.class, "node:skipped", DataEvents::write, DataEvents::readSkipped),
          new EventCodec<>(
              EdgeEvaluated.class, "edge:evaluate", DataEvents::write, DataEvents::readEvaluated),
          new EventCodec<>(
              NoEdgeSelected.class, "edge:none", DataEvents::write, DataEvents::readNone),
          new EventCodec<>(
              ContextChanged.class, "context:change", DataEvents::write, DataEvents::readChanged),
          new EventCodec<>(
              BatchStarted.class, "batch:start", DataEvents::write, DataEvents::readStarted),
          new EventCodec<>(
              BatchFinished.class, "batch:finish", DataEvents::write, DataEvents::readFinished));

  private DataEvents() {}

  private static void write(EdgeSkipped event, Map<String, @Nullable Object> to) {
    to.put(NodeEvents.NODE_ID, event.nodeId());
    to.put(EDGE, BlueprintJson.toMap(event.edge()));
  }

  private static EdgeSkipped readSkipped(Fields from) {
    return new EdgeSkipped(from.origin(), from.text(NodeEvents.NODE_ID), edge(from));
  }

  private static EdgeDefinition edge(Fields from) {
    return BlueprintJson.readEdge(from.raw(EDGE));
  }

  private static void write(EdgeEvaluated event, Map<String, @Nullable Object> to) {
    to.put(EDGE, BlueprintJson.toMap(event.edge()));
    to.put(RESULT, event.result());
  }

  private static EdgeEvaluated readEvaluated(Fields from) {
    return new EdgeEvaluated(from.origin(), edge(from), from.flag(RESULT));
  }

  private static void write(NoEdgeSelected event, Map<String, @Nullable Object> to) {
    to.put(NodeEvents.NODE_ID, event.nodeId());
    to.put(NodeEvents.ITERATION, event.iteration());
    if (event.action() != null) {
      to.put(ACTION, event.action());
    }
  }

  private static NoEdgeSelected readNone(Fields from) {
    return new NoEdgeSelected(
        from.origin(),
        from.text(NodeEvents.NODE_ID),
        from.text(NodeEvents.ITERATION),
        from.optionalText(ACTION));
  }

  /** A deletion has no value, which is not the same as the value null. */
  private static void write(ContextChanged event, Map<String, @Nullable Object> to) {
    to.put(NodeEvents.NODE_ID, event.nodeId());
    to.put(KEY, event.key());
    if (!event.deleted()) {
      to.put(VALUE, event.value());
    }
  }

  private static ContextChanged readChanged(Fields from) {
    return new ContextChanged(
        from.origin(),
        from.text(NodeEvents.NODE_ID),
        from.text(KEY),
        !from.has(VALUE),
        from.raw(VALUE));
  }

  private static void write(BatchStarted event, Map<String, @Nullable Object> to) {
    to.put(BATCH_ID, event.batchId());
    to.put(SCATTER, event.scatterNodeId());
    to.put(WORKERS, event.workerIds());
  }

  private static BatchStarted readStarted(Fields from) {
    return new BatchStarted(
        from.origin(), from.text(BATCH_ID), from.text(SCATTER), from.texts(WORKERS));
  }

  private static void write(BatchFinished event, Map<String, @Nullable Object> to) {
    to.put(BATCH_ID, event.batchId());
    to.put(GATHER, event.gatherNodeId());
    to.put(RESULTS, event.results());
  }

  private static BatchFinished readFinished(Fields from) {
    List<@Nullable Object> results = new ArrayList<>(from.list(RESULTS));
    return new BatchFinished(
        from.origin(),
        from.text(BATCH_ID),
        from.text(GATHER),
        Collections.unmodifiableList(results));
  }
}
