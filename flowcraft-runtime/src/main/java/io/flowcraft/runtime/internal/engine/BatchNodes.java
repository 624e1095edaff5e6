package io.flowcraft.runtime.internal.engine;

import io.flowcraft.blueprint.InputMapping;
import io.flowcraft.blueprint.NodeConfig;
import io.flowcraft.blueprint.NodeDefinition;
import io.flowcraft.event.FlowEvent;
import io.flowcraft.node.NodeContext;
import io.flowcraft.node.NodeResult;
import io.flowcraft.spi.Payload;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Batches: a worker for each element of a list, and the list of their outputs. */
final class BatchNodes {

  static final String USES = "uses";
  static final String ID = "id";
  static final String COUNT = "count";
  static final String TOLERANT = "tolerant";
  static final String PARALLEL = "parallel";

  /**
   * So many workers of a batch are under way in a fleet unless it says otherwise: enough for all
   * processes, and few enough to be opened by one call.
   */
  private static final int LANES = 1_000;

  NodeResult scatter(NodeContext context) {
    ExecutionContext own = (ExecutionContext) context;
    String nodeId = context.nodeId();
    List<?> items = items(context);
    if (!(context.params().get("workerUsesKey") instanceof String uses)
        || !(context.params().get("gatherNodeId") instanceof String gather)) {
      throw new IllegalArgumentException(
          "BatchScatterNode requires 'workerUsesKey' and 'gatherNodeId' parameters.");
    }
    String batchId = batchId(context);
    List<NodeDefinition> workers = workers(nodeId, uses, batchId, items.size());
    BatchItems.store(own, workers.stream().map(BatchNodes::source).toList(), items);
    List<String> workerIds = workers.stream().map(NodeDefinition::id).toList();
    if (own.services().events().isHeard()) {
      own.emit(
          new FlowEvent.BatchStarted(
              own.frame().origin(own.services().time()),
              nodeId.replace("_scatter", ""),
              nodeId,
              workerIds));
    }
    own.set(nodeId + "_currentIndex", items.size());
    own.set(gather + "_hasMore", false);
    own.set(gather + "_allWorkerIds", workerIds);
    own.batch(description(own, uses, batchId, items.size()));
    Map<String, @Nullable Object> output = new LinkedHashMap<>();
    output.put("gatherNodeId", gather);
    output.put("hasMore", false);
    return NodeResult.output(output).withDynamicNodes(workers);
  }

  private static List<?> items(NodeContext context) {
    Object input = context.input();
    if (input == null || "".equals(input) || Boolean.FALSE.equals(input)) {
      return List.of();
    }
    if (input instanceof List<?> list) {
      return list;
    }
    throw new IllegalArgumentException(
        "Input for batch-scatter node '" + context.nodeId() + "' must be an array.");
  }

  /** The same for every execution of the instance, so that a repeated one adds the same workers. */
  private static String batchId(NodeContext context) {
    byte[] name = context.idempotencyKey().getBytes(StandardCharsets.UTF_8);
    return UUID.nameUUIDFromBytes(name).toString();
  }

  private static Map<String, @Nullable Object> description(
      ExecutionContext context, String uses, String batchId, int count) {
    Map<String, @Nullable Object> batch = new LinkedHashMap<>();
    batch.put(USES, uses);
    batch.put(ID, batchId);
    batch.put(COUNT, count);
    batch.put(TOLERANT, "continue".equals(context.params().get("onItemError")));
    Object chunk = context.params().get("chunkSize");
    int lanes = chunk instanceof Number number ? Math.max(0, number.intValue()) : 0;
    batch.put(PARALLEL, lanes == 0 && !context.services().settings().isAlone() ? LANES : lanes);
    return batch;
  }

  /** The place of a worker in its batch, from 0. */
  static int index(String workerId) {
    return Integer.parseInt(workerId.substring(workerId.lastIndexOf('_') + 1));
  }

  /** The worker at another place of the same batch. */
  static String at(String workerId, int index) {
    return workerId.substring(0, workerId.lastIndexOf('_') + 1) + index;
  }

  /** The workers of a batch; made again from the description when a run is loaded. */
  static List<NodeDefinition> workers(String scatterId, String uses, String batchId, int count) {
    String worker = uses + "_" + batchId + "_";
    List<NodeDefinition> workers = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      String id = worker + i;
      InputMapping input = InputMapping.from(BatchItems.source(scatterId, batchId, i, count));
      workers.add(new NodeDefinition(id, uses, Map.of(), input, NodeConfig.DEFAULT, null));
    }
    return workers;
  }

  /** Where a worker finds its element. */
  private static String source(NodeDefinition worker) {
    return ((InputMapping.Single) Objects.requireNonNull(worker.inputs())).source();
  }

  NodeResult gather(NodeContext context) {
    ExecutionContext own = (ExecutionContext) context;
    String gather =
        context.params().get("gatherNodeId") instanceof String id ? id : context.nodeId();
    List<String> workerIds = new ArrayList<>();
    if (own.value(gather + "_allWorkerIds") instanceof List<?> ids) {
      ids.forEach(id -> workerIds.add(String.valueOf(id)));
    }
    List<@Nullable Object> results = new ArrayList<>(workerIds.size());
    for (Payload output : new ContextReader(own.services(), own.frame()).outputs(workerIds)) {
      results.add(output == null ? null : output.value());
    }
    String outputKey =
        context.params().get("outputKey") instanceof String key ? key : context.nodeId();
    Object data = own.values().data(results, "The results of batch '" + gather + "'");
    own.setData(outputKey, data);
    if (own.services().events().isHeard()) {
      own.emit(
          new FlowEvent.BatchFinished(
              own.frame().origin(own.services().time()),
              gather.replace("_gather", ""),
              gather,
              results));
    }
    return NodeResult.output(data);
  }
}
